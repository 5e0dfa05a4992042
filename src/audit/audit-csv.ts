import type { HospitalTime } from '../shared/hospital-time.ts';
import type { ListedEvent } from './list-audit-events.ts';

const columns = ['at', 'hospitalTime', 'actor', 'actorName', 'action', 'subject', 'outcome', 'fields', 'address', 'requestId', 'id']; // prettier-ignore

/** A cell: quoted, and no spreadsheet takes it for a formula. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function lineOf(event: Omit<ListedEvent, 'unfinished'>, format: HospitalTime['format']): string {
  const { at, actor, actorName, action, subject, outcome, fields = [], address = '', requestId = '', id } = event; // prettier-ignore
  const cells = [at.toISOString(), format(at), actor, actorName ?? '', action, subject, outcome, fields.join(' '), address, requestId, id]; // prettier-ignore
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The events as CSV, UTF-8 with its mark for Excel, line by line. */
export async function* auditCsv(
  events: AsyncIterable<Omit<ListedEvent, 'unfinished'>>,
  format: HospitalTime['format'],
): AsyncIterable<string> {
  yield `\uFEFF${columns.join(',')}\r\n`;
  for await (const event of events) yield lineOf(event, format);
}
