/**
 * The text of a file as hospitals export it: UTF-8 with or without a byte order mark, else GB18030 (which holds GBK and GB 2312).
 * Bytes that are no UTF-8 are taken as GB18030, as no GB18030 text of any length passes as UTF-8 by chance. Source: WHATWG Encoding.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
