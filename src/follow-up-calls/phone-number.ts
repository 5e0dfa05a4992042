const mobile = /^1[3-9]\d{9}$/;
const landline = /^0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}$/;
/** Hong Kong and Macao: eight digits; Taiwan: eight or nine without the leading zero. */
const abroad = /^\+(?:852[2-9]\d{7}|853[268]\d{7}|886[2-9]\d{7,8})$/;

/** Width and punctuation are how people write, not part of the number. */
function bare(written: string): string {
  return written
    .normalize('NFKC')
    .replaceAll(/[\s()\-\u2010-\u2015\u2212\u30FC.·]/g, '')
    .replace(/^00(?=86|85[23]|886)/, '+');
}

/**
 * The number as it is dialled, or null when it cannot be one: mainland mobile (`13812341234`), landline with area code
 * (`059187654321`), Hong Kong, Macao and Taiwan with their prefix (`+85291234567`). Full-width digits, spaces, dashes,
 * brackets and +86 are understood: `+86 138-1234-1234` → `13812341234`. A landline without area code is null.
 */
export function normalizePhone(written: string): string | null {
  const number = bare(written);
  if (abroad.test(number)) return number;
  const inland = number.replace(/^(?:\+86|86(?=1\d{10}$))/, '');
  if (mobile.test(inland)) return inland;
  const withZero = number.startsWith('+86') && !inland.startsWith('0') ? `0${inland}` : inland;
  return landline.test(withZero) ? withZero : null;
}
