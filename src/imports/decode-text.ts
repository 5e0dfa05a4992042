import { DomainError } from '../shared/domain-error.ts';

const mark = [0xef, 0xbb, 0xbf];
const replacement = 0xfffd;
/** From here on UTF-8 needs three bytes: all Chinese does. */
const firstOfThreeBytes = 0x800;

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Whether bytes that are no UTF-8 were such until a few were lost or changed: read so, they give more characters of three bytes than
 * broken places. GB18030 read as UTF-8 is nearly all broken places, and what passes by chance are characters of two bytes.
 */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  if (mark.every((byte, index) => bytes[index] === byte)) return true;
  const text = new TextDecoder('utf-8').decode(bytes);
  let whole = 0;
  let broken = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === replacement) broken += 1;
    else if (code >= firstOfThreeBytes) whole += 1;
  }
  return whole > broken;
}

/**
 * The text of a file as hospitals export it: UTF-8 with or without a byte order mark, else GB18030 (which holds GBK and GB 2312).
 * Bytes that are no UTF-8 are taken as GB18030, as no GB18030 text of any length passes as UTF-8 by chance. Source: WHATWG Encoding.
 * No character is ever put for one that is lost: throws (invalid) `import_text_damaged` for UTF-8 with broken places, which would
 * pass as GB18030 of other words, and `import_not_readable` for what is neither.
 */
export function decodeText(bytes: Uint8Array): string {
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== null) return utf8;
  if (isDamagedUtf8(bytes)) {
    throw new DomainError('invalid', 'import_text_damaged', 'Some characters of the file are broken.');
  }
  const gb18030 = decoded(bytes, 'gb18030');
  if (gb18030 !== null) return gb18030;
  throw new DomainError('invalid', 'import_not_readable', 'The file is neither CSV nor XLSX.');
}
