/**
 * A phone number people may see outside the call page: the first three and the last four digits of a mobile, the last two
 * of anything else, stars between. `13812341234` → `138****1234`, `0591-87654321` → `**********21`.
 */
export function redactPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return '*'.repeat(Math.max(digits.length - 2, 0)) + digits.slice(-2);
}
