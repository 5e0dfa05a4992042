const longest = 254;
const shape = /^[\x21-\x7e]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
const neverAllowed = /[\s,;:"'`<>()[\]\\]/;

/**
 * Whether an address may be put into a header and an SMTP envelope as it is: printable ASCII, one `@`, at most 254 characters, no
 * space, line break, quote, bracket, comma, semicolon or colon. Stricter than RFC 5321: those
 * characters are what turns one recipient into several.
 */
export function isSafeAddress(address: string): boolean {
  return (
    address.length <= longest &&
    shape.test(address) &&
    !neverAllowed.test(address) &&
    address.indexOf('@') === address.lastIndexOf('@') &&
    !address.includes('..')
  );
}

/** The form two spellings of one mailbox share: trimmed and lower case. */
export function normalizeAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** A server's words without the addresses in them, on one line of at most 300 characters: fit for the ledger and the log. */
export function withoutAddresses(text: string): string {
  return text
    .replaceAll(/[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

/** Text on one line: every control character and line separator becomes a space, so that no header can begin inside. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
