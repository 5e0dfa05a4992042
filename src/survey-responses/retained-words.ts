import { endInBatches } from '../privacy/retention.ts';
import type { RetainedKind, RetentionMoment } from '../privacy/retention.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { AnswerWordsStore, WrittenBefore } from './answer-words.store.ts';

/** What the ending of words needs. */
export interface RetainedWordsDeps {
  readonly words: AnswerWordsStore;
  /** Days after the answer was received. */
  readonly days: number;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/** How the free words of answers end in time. The answers stay, so that no total and no month changes. */
export function retainedWords({ words, days, hospitalTime }: RetainedWordsDeps): RetainedKind {
  const before = ({ now, today }: RetentionMoment): WrittenBefore => ({
    moment: new Date(now.getTime() - days * 24 * 60 * 60_000),
    day: addDays(today, -days),
  });
  return {
    kind: 'answer-words',
    days,
    due: (at) => words.count(before(at)),
    oldest: async () => {
      const received = await words.oldest();
      return received && hospitalTime.dateOf(received);
    },
    end: (at) => endInBatches((limit) => words.end(before(at), limit)),
  };
}
