import { DomainError } from '../shared/domain-error.ts';

/** A row of an uploaded file: its number as a spreadsheet shows it (the header is 1), and its cells as text. */
export interface TableRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** An uploaded file: its header and the rows that hold anything. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Most bytes of one file. */
export const maxFileBytes = 10 * 1024 * 1024;

/** The table of a file's lines that hold anything: the first is the header. Throws `import_empty` (invalid). */
export function tableOf([header, ...rows]: readonly TableRow[]): Table {
  if (header !== undefined && rows.length > 0) return { header: header.cells, rows };
  throw new DomainError('invalid', 'import_empty', 'The file has no rows under its header.');
}
