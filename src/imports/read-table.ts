import { DomainError } from '../shared/domain-error.ts';
import { isZip, mayUnzip } from '../shared/zip-size.ts';
import { decodeText } from './decode-text.ts';
import { tableOf } from './table.ts';
import type { Table, TableRow } from './table.ts';

/** What reading a file needs. */
export interface ReadTableDeps {
  readonly readCsv: (text: string) => Promise<readonly TableRow[]>;
  readonly readWorkbook: (bytes: Uint8Array) => Promise<readonly TableRow[] | null>;
}

/** Reads an uploaded file. */
export type ReadTable = (bytes: Uint8Array) => Promise<Table>;

const oldExcel = [0xd0, 0xcf, 0x11, 0xe0];

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

const firstPrintable = 0x20;
/** Tab, line ends, form feed and escape. */
const controlsOfTexts = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);

/** Whether it holds control characters no text has: a picture, a program and a document do, and UTF-16 as we would read it. */
function isBinary(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < firstPrintable && !controlsOfTexts.has(code)) return true;
  }
  return false;
}

function textOf(bytes: Uint8Array): string {
  const text = decodeText(bytes);
  if (!isBinary(text)) return text;
  throw new DomainError('invalid', 'import_not_readable', 'The file is neither CSV nor XLSX.');
}

/**
 * The table of a CSV or XLSX file, told apart by its bytes and not by its name. Throws (invalid) `import_old_excel`,
 * `import_not_readable`, `import_text_damaged`, `import_empty`, `import_too_long`, `import_too_wide`, and what the reader's
 * process throws.
 */
export function createReadTable(deps: ReadTableDeps): ReadTable {
  return async (bytes) => {
    if (beginsWith(bytes, oldExcel)) {
      throw new DomainError('invalid', 'import_old_excel', 'Please save the workbook as XLSX or CSV.');
    }
    if (!isZip(bytes)) return tableOf(await deps.readCsv(textOf(bytes)));
    const lines = mayUnzip(bytes) ? await deps.readWorkbook(bytes) : null;
    if (lines === null) {
      throw new DomainError('invalid', 'import_not_readable', 'The workbook cannot be read.');
    }
    return tableOf(lines);
  };
}
