import type { CalendarDate } from '../shared/reporting-period.ts';

/** Kinds of data that end in time. */
export const retainedKinds = [
  'discharge-identity',
  'admission-keys',
  'call-notes',
  'contacts',
  'unmapped-names',
  'answer-words',
  'source-secrets',
  'erased-admissions',
  'erased-contacts',
] as const;

/** A kind of data that ends in time; its words are `retention:kind.<kind>`. */
export type RetainedKindCode = (typeof retainedKinds)[number];

/** A moment, as a moment and as the hospital's day. */
export interface RetentionMoment {
  readonly now: Date;
  readonly today: CalendarDate;
}

/** One kind of data: for how long it is kept, and how it ends. Each slice gives its own. */
export interface RetainedKind {
  readonly kind: RetainedKindCode;
  readonly days: number;
  /** How many will be over at a moment. */
  readonly due: (at: RetentionMoment) => Promise<number>;
  /** Day of the oldest that is there, or null. */
  readonly oldest: () => Promise<CalendarDate | null>;
  /** Ends what is over, at most a night's worth; gives how many. Safe to repeat and to break off. */
  readonly end: (at: RetentionMoment) => Promise<number>;
}

/** What a night ended: how many of each kind. */
export interface RetentionRun {
  readonly at: Date;
  readonly counts: Readonly<Partial<Record<RetainedKindCode, number>>>;
}

const batchSize = 1000;
const batchesANight = 200;

/** Ends one batch after the other until nothing is over, or a night's worth is done. */
export async function endInBatches(endSome: (limit: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (let batch = 0; batch < batchesANight; batch += 1) {
    const ended = await endSome(batchSize);
    sum += ended;
    if (ended === 0) return sum;
  }
  return sum;
}
