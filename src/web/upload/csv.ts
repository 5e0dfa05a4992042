/** A cell a spreadsheet would run as a formula gets an apostrophe in front. */
function safe(cell: string): string {
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Lines as CSV that Excel opens as UTF-8 (with its byte order mark), no cell of which is a formula. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  return `\uFEFF${lines.map((cells) => cells.map(safe).join(',')).join('\r\n')}\r\n`;
}
