import { openingSteps } from './call-script.ts';
import type { SurveyForm, SurveyItem } from './survey-form.ts';

/**
 * How long a form takes, in seconds, for an old patient. The counts are Simplified Chinese characters. Reading: a
 * question is read, its scale only glanced at because the same few scales come again. Speaking: a caller's unhurried
 * pace, and a pause for each answer. Free texts count nothing: they are optional.
 */
export const pace = {
  /** Characters of a question or introduction an old patient reads in a second. */
  readPerSecond: 5,
  /** Characters of a scale glanced at in a second. */
  glancePerSecond: 15,
  /** Seconds to decide on and tap an answer. */
  tapSeconds: 2,
  /** Characters a caller says in a second. */
  speakPerSecond: 4,
  /** Seconds until a patient has answered a spoken question. */
  answerSeconds: 2.5,
  /** Longest time to read and answer a form. */
  readLimit: 120,
  /** Longest time to go through a form by phone: speaking is slower than reading. */
  speakLimit: 180,
} as const;

function characters(text: { readonly 'zh-Hans': string } | undefined): number {
  return text === undefined ? 0 : Array.from(text['zh-Hans']).length;
}

function readSeconds(item: SurveyItem): number {
  const scale = item.options.reduce((sum, option) => sum + characters(option.text), 0);
  return pace.tapSeconds + characters(item.text) / pace.readPerSecond + scale / pace.glancePerSecond;
}

/** A spoken item: the script, an answer, and where the scale unfolds its longest second question and a second answer. */
function speakSeconds(item: SurveyItem): number {
  const second = item.unfolding?.branches.map(({ question }) => characters(question ?? undefined)) ?? [];
  const spoken = characters(item.script ?? item.text) + Math.max(0, ...second);
  return spoken / pace.speakPerSecond + pace.answerSeconds * (item.unfolding ? 2 : 1);
}

/**
 * Seconds a form takes, and the limit it is held to. Example: an introduction of 20 characters, one question of 10 and a
 * scale of 15 characters → 20/5 + 2 + 10/5 + 15/15 = 9 s of 120.
 */
export function estimateLength(form: Pick<SurveyForm, 'introduction' | 'items' | 'script'>): {
  readonly seconds: number;
  readonly limit: number;
} {
  const choices = form.items.filter(({ kind }) => kind === 'choice');
  const { script } = form;
  if (!script) {
    const seconds = choices.reduce(
      (sum, item) => sum + readSeconds(item),
      characters(form.introduction) / pace.readPerSecond,
    );
    return { seconds, limit: pace.readLimit };
  }
  const frame = [...openingSteps.map((step) => script[step]), script.closing].reduce(
    (sum, words) => sum + characters(words),
    0,
  );
  const seconds = choices.reduce((sum, item) => sum + speakSeconds(item), frame / pace.speakPerSecond);
  return { seconds, limit: pace.speakLimit };
}
