import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../shared/domain-error.ts';

/** The delimiter that stands most often in the first line: comma, semicolon or tab. */
function delimiterOf(text: string): string {
  const [first = ''] = text.trimStart().split(/\r?\n/, 1);
  const count = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

/** The lines of a CSV text, blank ones too, so that the place of a line is its number. Throws `import_not_readable` (invalid). */
export function parseCsv(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text.replace(/^\uFEFF/, '')),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError('invalid', 'import_not_readable', 'The file is not CSV that can be read.');
  }
}
