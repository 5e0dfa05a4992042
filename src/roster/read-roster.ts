import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { exampleMark, rosterSheetKeys, rosterSheets } from './roster-sheets.ts';
import type { RosterSheet, RosterSheetKey } from './roster-sheets.ts';
import type { RosterCells } from './roster-rows.ts';
import type { WorkbookSheet } from './roster-workbook.child-process.ts';

/** One row of a file and its place. */
export interface RosterRow {
  readonly sheet: RosterSheetKey;
  /** As the spreadsheet counts: the headings are 1. */
  readonly row: number;
  /** A column that the sheet does not have is not there either; an empty cell is `''`. */
  readonly cells: RosterCells;
}

const mostRows = 5000;

/** The error for a file that is no roster, with what is wrong with the file as a whole. */
export function rosterInvalid(errors: readonly FieldError[] = []): DomainError {
  return new DomainError('invalid', 'roster_invalid', 'The file cannot be imported.', { errors });
}

/** `2026/11/1` and `2026.11.1` are days too. */
function tidy(key: string, cell: string): string {
  const parts =
    key === 'from' || key === 'until' ? /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$/.exec(cell) : null;
  if (!parts) return cell;
  const [, year = '', month = '', date = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

const titlesOf = (lines: WorkbookSheet['lines']): readonly string[] =>
  (lines[0] ?? []).map((title) => title.replaceAll(/[*\s]/g, ''));

function rowsOf(sheet: RosterSheetKey, lines: WorkbookSheet['lines'], columns: RosterSheet['columns']) {
  const titles = titlesOf(lines);
  const places = columns
    .map(({ key, title }) => ({ key, place: titles.indexOf(title) }))
    .filter(({ place }) => place !== -1);
  const rows = lines.map((line, index): RosterRow => ({
    sheet,
    row: index + 1,
    cells: Object.fromEntries(places.map(({ key, place }) => [key, tidy(key, line[place] ?? '')])),
  }));
  const first = columns[0]?.key ?? '';
  return rows
    .slice(1)
    .filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''))
    .filter(({ cells }) => !(cells[first] ?? '').startsWith(exampleMark));
}

/** The rows of every sheet that the file has. Throws `roster_invalid` for a file without any of them, without a column that is needed, or with too many rows. */
export function readRoster(
  found: readonly WorkbookSheet[],
  translate: Translate,
  locale: Locale,
): readonly RosterRow[] {
  const faults: FieldError[] = [];
  const fault = (code: string, values: Record<string, string | number>): void => {
    faults.push({ pointer: '', code, detail: translate(locale, `roster:fault.${code}`, values) });
  };
  const rows = rosterSheetKeys.flatMap((key) => {
    const sheet: RosterSheet = rosterSheets[key];
    const lines = found.find(({ name }) => name.trim() === sheet.name)?.lines;
    if (!lines || lines.length === 0) return [];
    const titles = new Set(titlesOf(lines));
    for (const { title, required } of sheet.columns) {
      if (required && !titles.has(title)) fault('column_missing', { sheet: sheet.name, column: title });
    }
    if (lines.length > mostRows + 1) fault('too_many_rows', { sheet: sheet.name, limit: mostRows });
    return faults.length > 0 ? [] : rowsOf(key, lines, sheet.columns);
  });
  if (faults.length === 0 && rows.length === 0) fault('no_rows', {});
  if (faults.length > 0) throw rosterInvalid(faults);
  return rows;
}
