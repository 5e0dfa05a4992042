import type { ReadInProcess } from '../shared/reader-process.child-process.ts';
import { mayUnzip } from '../shared/zip-size.ts';

/** One sheet as it was read: its name and its lines of text. A day is `2026-11-01`. */
export interface WorkbookSheet {
  readonly name: string;
  readonly lines: readonly (readonly string[])[];
}

/** Reads the sheets of an XLSX workbook, each without the blank lines at its end; null when it is none. */
export type ReadWorkbookSheets = (bytes: Buffer) => Promise<readonly WorkbookSheet[] | null>;

/** So much of a workbook comes back: more than the roster takes, so that it can say of which sheet there is too much. */
const limits = { sheets: 20, lines: 5002, columns: 100 };

const program = `
import readSheets from 'read-excel-file/node';
const textOf = (cell) => cell === null ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
const linesOf = (data) => {
  let last = data.length;
  while (last > 0 && data[last - 1].every((cell) => textOf(cell) === '')) last -= 1;
  return data.slice(0, Math.min(last, settings.lines)).map((line) => line.slice(0, settings.columns).map(textOf));
};
const sheets = await readSheets(bytes);
done(sheets.slice(0, settings.sheets).map(({ sheet, data }) => ({ name: sheet, lines: linesOf(data) })));
`;

/** Builds that reader. Throws what the reader's process throws. */
export function createReadWorkbookSheets(readInProcess: ReadInProcess): ReadWorkbookSheets {
  return async (bytes) => {
    if (!mayUnzip(bytes)) return null;
    return (await readInProcess(program, bytes, limits)) as readonly WorkbookSheet[] | null;
  };
}
