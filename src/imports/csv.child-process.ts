import { DomainError } from '../shared/domain-error.ts';
import type { ReadInProcess } from '../shared/reader-process.child-process.ts';
import { keepingLines, keptLines, lineLimits } from './kept-lines.ts';
import type { TableRow } from './table.ts';

/** Most characters of one line. */
const longestLine = 100_000;

/** Empty lines are skipped as they are read, so that millions of them cost nothing; a row's number counts them. */
const program = `
import { parse } from 'csv-parse/sync';
${keepingLines}
await finish(() => parse(bytes, {
  bom: true,
  delimiter: settings.delimiter,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: ${longestLine},
  on_record: (cells, { records, empty_lines }) => keep(records + empty_lines, cells),
}));
`;

/** The delimiter that stands most often in the first line: comma, semicolon or tab. */
function delimiterOf(text: string): string {
  const [first = ''] = text.trimStart().slice(0, longestLine).split(/\r?\n/, 1);
  const count = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

/**
 * Reads the lines of a CSV text that hold anything, with their numbers, in a process of its own. Throws (invalid) `import_not_readable`,
 * and what `keptLines` and the reader's process throw.
 */
export function createReadCsv(readInProcess: ReadInProcess): (text: string) => Promise<readonly TableRow[]> {
  return async (text) => {
    const delimiter = delimiterOf(text.replace(/^\uFEFF/, ''));
    const lines = keptLines(
      await readInProcess(program, Buffer.from(text, 'utf8'), { ...lineLimits, delimiter }),
    );
    if (lines !== null) return lines;
    throw new DomainError('invalid', 'import_not_readable', 'The file is not CSV that can be read.');
  };
}
