import type { Model } from 'mongoose';
import { storedPeriod } from '../operation/trial-period.ts';
import { periodOf } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { noFingerprint } from './stored-content.ts';
import type { SurveyResponseDocument } from './survey-response.store.ts';

/** Written before a moment, which falls on a day. */
export interface WrittenBefore {
  readonly moment: Date;
  readonly day: CalendarDate;
}

/** The words of answers as they grow old. What was chosen, and everything that is counted, is never touched. */
export interface AnswerWordsStore {
  readonly count: (before: WrittenBefore) => Promise<number>;
  /** When the oldest of the earliest month was received. */
  readonly oldest: () => Promise<Date | null>;
  /** Takes the words out of at most `limit` answers. Safe to repeat; after the journal. */
  readonly end: (before: WrittenBefore, limit: number) => Promise<number>;
}

const durable = { writeConcern: { w: 'majority', journal: true } } as const;

/** The change that takes every word out of an answer, in one write: whom it praises stays, and it is found by its words no more. */
export function wordless(besides: Readonly<Record<string, null>> = {}): object[] {
  const praised = { $eq: [{ $type: '$praise' }, 'object'] };
  const praise = { $cond: [praised, { $mergeObjects: ['$praise', { text: null }] }, '$praise'] };
  return [
    { $set: { comment: null, texts: [], praise, fingerprint: noFingerprint, ...besides } },
    { $unset: 'written' },
  ];
}

/** An answer counts for the month it came in or an earlier one: only the index of written answers of such months is read. */
function writtenBefore({ moment, day }: WrittenBefore): object {
  const month = periodOf(day);
  const months = [false, true].map((trial) => ({
    period: { $gte: storedPeriod('', trial), $lte: storedPeriod(month, trial) },
  }));
  return { written: true, $or: months, receivedAt: { $lt: moment } };
}

/** The words of a collection of answers. */
export function createAnswerWordsStore({ collection }: Model<SurveyResponseDocument>): AnswerWordsStore {
  const oldestOf = async (
    filter: object,
    sort: Record<string, 1 | -1>,
  ): Promise<Pick<SurveyResponseDocument, 'period' | 'receivedAt'> | null> => {
    const projection = { period: 1, receivedAt: 1 };
    return collection.findOne<SurveyResponseDocument>({ written: true, ...filter }, { sort, projection });
  };
  return {
    count: (before) => collection.countDocuments(writtenBefore(before)),
    oldest: async () => {
      const earliest = await oldestOf({}, { period: 1 });
      if (earliest === null) return null;
      const { period } = earliest;
      return (await oldestOf({ period }, { receivedAt: 1 }))?.receivedAt ?? null;
    },
    end: async (before, limit) => {
      const found = await collection
        .find(writtenBefore(before), { projection: { _id: 1 } })
        .limit(limit)
        .toArray();
      const ids = { _id: { $in: found.map(({ _id }) => _id) } };
      return (await collection.updateMany(ids, wordless(), durable)).modifiedCount;
    },
  };
}
