import { DomainError } from '../shared/domain-error.ts';
import type { TableRow } from './table.ts';

/** How much of a file is kept. */
export const lineLimits = {
  /** The header, and most rows of one file. */
  kept: 20_001,
  /** Rows in all, blank ones too: a sheet may be formatted far below its last row. */
  seen: 200_000,
  columns: 500,
};

/**
 * The beginning of a reader's program: `keep` takes a row's number and cells, leaves blank rows out, and stops the reading by `Refused`
 * as soon as there is more than the settings allow; `finish` reads by `act`, then tells what was kept.
 */
export const keepingLines = `
class Refused extends Error {}
const lines = [];
const keep = (number, cells) => {
  let width = cells.length;
  while (width > 0 && cells[width - 1].trim() === '') width -= 1;
  if (number > settings.seen || (width > 0 && lines.length >= settings.kept)) throw new Refused('import_too_long');
  if (width > settings.columns) throw new Refused('import_too_wide');
  if (width > 0) lines.push([number, cells.slice(0, width)]);
};
const finish = async (act) => {
  try {
    await act();
    done({ lines });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    done({ refused: error.message });
  }
};
`;

type Told =
  { readonly lines: readonly (readonly [number, readonly string[]])[] } | { readonly refused: string };

const isTold = (result: unknown): result is Told =>
  typeof result === 'object' && result !== null && ('lines' in result || 'refused' in result);

const refusals: Readonly<Record<string, string>> = {
  import_too_long: 'The file has more rows than one import takes.',
  import_too_wide: 'The file has more columns than one import takes.',
};

/** The lines such a program told, null when it failed. Throws `import_too_long` and `import_too_wide` (invalid). */
export function keptLines(result: unknown): readonly TableRow[] | null {
  if (!isTold(result)) return null;
  if ('lines' in result) return result.lines.map(([number, cells]) => ({ number, cells }));
  throw new DomainError('invalid', result.refused, refusals[result.refused] ?? 'The file is too large.');
}
