import type { ReadInProcess } from '../shared/reader-process.child-process.ts';
import { keepingLines, keptLines, lineLimits } from './kept-lines.ts';
import type { TableRow } from './table.ts';

const program = `
import { readSheet } from 'read-excel-file/node';
${keepingLines}
const textOf = (cell) => cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell);
await finish(async () => {
  const rows = await readSheet(bytes);
  rows.forEach((cells, index) => keep(index + 1, cells.map(textOf)));
});
`;

/**
 * Reads the lines of the first sheet of an XLSX workbook that hold anything, as text with their numbers, in a process of its own; null
 * when it cannot be read. Throws what `keptLines` and the reader's process throw.
 */
export function createReadWorkbook(
  readInProcess: ReadInProcess,
): (bytes: Uint8Array) => Promise<readonly TableRow[] | null> {
  return async (bytes) => keptLines(await readInProcess(program, bytes, lineLimits));
}
