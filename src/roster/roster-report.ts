import type { RosterRow } from './read-roster.ts';
import { rosterSheets } from './roster-sheets.ts';

/** What became of a row, in the words every import of the service uses. */
export type RosterResult = 'created' | 'updated' | 'unchanged' | 'rejected';

/** One fault of a row: the heading of its column (empty: the row as a whole) and what to do. */
export interface RosterFault {
  readonly column: string;
  readonly detail: string;
}

/** One row of the answer; it repeats no cell. */
export interface RosterRowResult {
  readonly sheet: string;
  readonly row: number;
  readonly result: RosterResult;
  readonly errors?: readonly RosterFault[];
}

/** The answer to an import. */
export interface RosterReport {
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<RosterResult, number>>;
  readonly rows: readonly RosterRowResult[];
}

/** A row with what is wrong with it. */
export interface JudgedRosterRow {
  readonly row: RosterRow;
  readonly result: RosterResult;
  readonly faults: readonly RosterFault[];
}

/** The heading of a column by its key; empty for none. */
export function titleOf(sheet: RosterRow['sheet'], key: string): string {
  return rosterSheets[sheet].columns.find((column) => column.key === key)?.title ?? '';
}

/** The answer: rows in the order of the file, counted by result. */
export function reportOf(judged: readonly JudgedRosterRow[], dryRun: boolean): RosterReport {
  const sheets = Object.keys(rosterSheets);
  const rows = judged
    .toSorted((a, b) => sheets.indexOf(a.row.sheet) - sheets.indexOf(b.row.sheet) || a.row.row - b.row.row)
    .map(({ row, result, faults }): RosterRowResult => {
      const place = { sheet: rosterSheets[row.sheet].name, row: row.row, result };
      return faults.length > 0 ? Object.assign(place, { errors: faults }) : place;
    });
  const count = (wanted: RosterResult): number => rows.filter(({ result }) => result === wanted).length;
  return {
    dryRun,
    counts: {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      rejected: count('rejected'),
    },
    rows,
  };
}
