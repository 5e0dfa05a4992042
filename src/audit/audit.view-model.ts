import type { HospitalTime } from '../shared/hospital-time.ts';
import { auditOutcomes } from './audit-event.ts';
import type { AuditPage, AuditQuery, ListedEvent } from './list-audit-events.ts';
import type { TrailVerification } from './verify-audit-trail.ts';

/** What the page shows. What ends in `Key` is a key of the catalogue. */
export interface AuditPageState {
  readonly page: AuditPage;
  readonly query: AuditQuery;
  /** Null when it was never verified, or what is kept of it is not ours. */
  readonly verification: TrailVerification | null;
  readonly format: HospitalTime['format'];
}

const fields = ['actor', 'action', 'subject', 'outcome', 'from', 'until', 'requestId'] as const;

function hrefOf(path: string, query: AuditQuery): string {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)]));
  return asked.length === 0 ? path : `${path}?${text.toString()}`;
}

const tones: Readonly<Record<string, string>> = { succeeded: 'good', failed: 'bad', refused: 'warn' };

function lineOf(event: ListedEvent, format: HospitalTime['format']): object {
  const { at, actor, actorName, action, subject, outcome, unfinished } = event;
  return {
    at: format(at),
    who: actorName ?? actor,
    actor: actorName === null ? '' : actor,
    action,
    subject,
    outcomeKey: unfinished ? 'audit:unfinished' : `audit:outcome.${outcome}`,
    tone: unfinished ? 'bad' : (tones[outcome] ?? ''),
    fields: (event.fields ?? []).join(', '),
    address: event.address ?? '',
    requestId: event.requestId ?? '',
  };
}

function verificationOf(found: TrailVerification, format: HospitalTime['format']): object {
  const [first] = found.problems;
  return {
    good: found.problemCount === 0,
    at: format(found.at),
    events: found.events,
    lastSealed: found.lastSealed ?? '—',
    problemCount: found.problemCount,
    problemKey: first ? `audit:problem.${first.kind}` : '',
    place: first?.place ?? '',
    beforeChain: found.beforeChain,
  };
}

/** The auditor's page: whether the trail is whole, the search, the events. */
export function auditPageModel({ page, query, verification, format }: AuditPageState): {
  readonly path: string;
  readonly model: object;
} {
  const { cursor: _cursor, ...asked } = query;
  return {
    path: hrefOf('/audit', query),
    model: {
      verification: verification && verificationOf(verification, format),
      filter: Object.fromEntries(fields.map((name) => [name, query[name] ?? ''])),
      outcomes: auditOutcomes.map((value) => ({
        value,
        key: `audit:outcome.${value}`,
        selected: value === query.outcome,
      })),
      events: page.items.map((event) => lineOf(event, format)),
      firstHref: query.cursor === undefined ? '' : hrefOf('/audit', asked),
      nextHref: page.next === null ? '' : hrefOf('/audit', { ...asked, cursor: page.next }),
      exportHref: hrefOf('/api/v1/audit-events/export.csv', asked),
    },
  };
}
