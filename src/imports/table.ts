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

/** Most rows of one file. */
export const maxRows = 20_000;

/** Most bytes of one file, packed and unpacked. */
export const maxFileBytes = 10 * 1024 * 1024;

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** The table of a file's lines: the first that is not blank is the header. Throws `import_empty` and `import_too_long` (invalid). */
export function tableOf(lines: readonly (readonly string[])[]): Table {
  const start = lines.findIndex((cells) => !isBlank(cells));
  const [header = []] = start === -1 ? [] : lines.slice(start, start + 1);
  const rows = lines
    .slice(start + 1)
    .map((cells, index) => ({ number: start + index + 2, cells }))
    .filter(({ cells }) => !isBlank(cells));
  if (start === -1 || rows.length === 0) {
    throw new DomainError('invalid', 'import_empty', 'The file has no rows under its header.');
  }
  if (rows.length > maxRows) {
    throw new DomainError('invalid', 'import_too_long', 'The file has more rows than one import takes.');
  }
  return { header, rows };
}
