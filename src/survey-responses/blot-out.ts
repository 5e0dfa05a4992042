import { isBlottable, spelledPatterns } from './spelled-word.ts';
import type { SurveyResponse } from './survey-response.ts';

/** The free words of an answer. */
export type FreeWords = Pick<SurveyResponse, 'comment' | 'texts' | 'praise'>;

/** The database takes no longer expression, and compiles none that is much longer. */
const longestPattern = 16_000;

/**
 * Regular expressions, for the database and for JavaScript with the flag `u`, that together find some words however they are
 * spelled: `138-0013-8000` for `13800138000`, `张 三` for `张三`. Words too short to be looked for are left out.
 */
function wordsPatterns(words: readonly string[]): readonly string[] {
  // Longer words first: a number is not left half standing behind a shorter one.
  const sorted = words.filter((word) => isBlottable(word)).toSorted((a, b) => b.length - a.length);
  const patterns: string[] = [];
  for (const pattern of spelledPatterns(sorted)) {
    const joined = [...patterns.slice(-1), pattern].join('|');
    if (patterns.length === 0 || sizeOf(joined) > longestPattern) patterns.push(pattern);
    else patterns[patterns.length - 1] = joined;
  }
  return patterns;
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Blots some words out of answers. */
export interface Blotter {
  /** What finds an answer with any of the words; empty when no word is worth looking for. */
  readonly patterns: readonly string[];
  /**
   * The words of an answer with a ○ in place of each character of some words, and of what stands between their characters.
   * `张三来过` without `张三` → `○○来过`.
   */
  readonly blot: (words: FreeWords) => FreeWords;
}

function mark(found: string): string {
  return '○'.repeat(Array.from(found).length);
}

/** Builds the blotting out of some words. */
export function createBlotter(words: readonly string[]): Blotter {
  const patterns = wordsPatterns(words);
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'gu'));
  const blot = (text: string): string =>
    expressions.reduce((rest, expression) => rest.replaceAll(expression, mark), text);
  const blotIf = (text: string | null): string | null => (text === null ? null : blot(text));
  return {
    patterns,
    blot: ({ comment, texts, praise }) => ({
      comment: blotIf(comment),
      texts: texts.map(({ item, text }) => ({ item, text: blot(text) })),
      praise: praise === null ? null : { ...praise, text: blotIf(praise.text) },
    }),
  };
}
