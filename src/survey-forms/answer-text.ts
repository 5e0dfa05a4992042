/** Longest free text, in characters as people count them (code points). */
export const maxTextLength = 2000;

/** The text with one kind of line break and no blanks around it; null when nothing is left. Browsers post CRLF. */
export function cleanText(text: string | undefined): string | null {
  if (!text) return null;
  const clean = text.replaceAll(/\r\n?/g, '\n').trim();
  return clean === '' ? null : clean;
}

/** Whether a text holds a control character other than tab and line break, or half of a surrogate pair. */
export function hasIllegalCharacters(text: string): boolean {
  return /[^\P{Cc}\t\n\r]|\p{Cs}/u.test(text);
}

/** Characters of a cleaned text, counted as code points: a line break counts once, an emoji of one code point once. */
export function textLength(text: string): number {
  return Array.from(cleanText(text) ?? '').length;
}
