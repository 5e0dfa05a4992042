import type { SurveyResponse } from './survey-response.ts';

/** The free words of an answer. */
export type FreeWords = Pick<SurveyResponse, 'comment' | 'texts' | 'praise'>;

/** A regular expression that finds any of some words. `['张三', 'ZY.1']` → `张三|ZY\.1`. */
export function wordsPattern(words: readonly string[]): string {
  // Longer words first: a number is not left half standing behind a shorter one.
  const sorted = words.toSorted((a, b) => b.length - a.length);
  return sorted.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|');
}

/** The words of an answer with a ○ in place of each character of some words. `张三来过` without `张三` → `○○来过`. */
export function blottedOut({ comment, texts, praise }: FreeWords, words: readonly string[]): FreeWords {
  const pattern = new RegExp(wordsPattern(words), 'gu');
  const blot = (text: string): string =>
    text.replaceAll(pattern, (word) => '○'.repeat(Array.from(word).length));
  const blotIf = (text: string | null): string | null => (text === null ? null : blot(text));
  return {
    comment: blotIf(comment),
    texts: texts.map(({ item, text }) => ({ item, text: blot(text) })),
    praise: praise === null ? null : { ...praise, text: blotIf(praise.text) },
  };
}
