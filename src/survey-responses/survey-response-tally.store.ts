import type { Model } from 'mongoose';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { PraiseCount } from './praise.ts';
import type { PeriodTally, ResponseTally } from './survey-response.ts';
import { parseSegmentKey } from './tally-segment.ts';

interface Group<Key> {
  readonly _id: Key;
  readonly count: number;
}

interface ItemKey {
  readonly segment: string;
  readonly item: string;
  readonly option: string;
}

type ResponseKey = Pick<ResponseTally, 'completeness' | 'validDimensions'> & { readonly segment: string };

/**
 * How long the server may be silent while it counts, in ms: a million responses take a minute on a quiet machine, on a busy one
 * longer than any other operation may take.
 */
const socketTimeoutMS = 30 * 60 * 1000;

/**
 * Counts a month's responses received before the cut-off: the options of complete ones, and all of them by completeness.
 * Confidential answers lie in another field and are never read. Grouping by one stored string instead of six fields keeps it
 * as fast as a plain count. Two aggregations, because they cost the engine less than one: responses take a seventh of the time
 * of the items, while `$facet` or a response set among its own answers takes half as long again for both.
 */
export async function tallyResponses<T>(
  model: Model<T>,
  period: ReportingPeriod,
  cutoffAt: Date,
): Promise<PeriodTally> {
  const month = { period, receivedAt: { $lt: cutoffAt } };
  const items = await model
    .aggregate<Group<ItemKey>>([
      { $match: { ...month, completeness: 'complete' } },
      { $unwind: '$answers' },
      {
        $group: {
          _id: { segment: '$segment', item: '$answers.item', option: '$answers.option' },
          count: { $sum: 1 },
        },
      },
    ])
    .option({ allowDiskUse: true, socketTimeoutMS });
  const responses = await model
    .aggregate<Group<ResponseKey>>([
      { $match: month },
      {
        $group: {
          _id: { segment: '$segment', completeness: '$completeness', validDimensions: '$validDimensions' },
          count: { $sum: 1 },
        },
      },
    ])
    .option({ allowDiskUse: true, socketTimeoutMS });
  return {
    items: items.map(({ _id: { segment, item, option }, count }) =>
      Object.assign(parseSegmentKey(segment), { item, option, count }),
    ),
    responses: responses.map(({ _id: { segment, completeness, validDimensions }, count }) =>
      Object.assign(parseSegmentKey(segment), { completeness, validDimensions, count }),
    ),
  };
}

/** How often each colleague of a department was praised in a month, of what was received before a moment. */
export async function countPraise<T>(
  model: Model<T>,
  period: ReportingPeriod,
  departmentCode: string,
  before: Date,
): Promise<readonly PraiseCount[]> {
  const counted = await model.collection
    .aggregate([
      {
        $match: {
          departmentCode,
          period,
          // As the partial index is defined, so that it serves: it holds only answers that praise somebody.
          'praise.staffNumber': { $type: 'string' },
          receivedAt: { $lt: before },
        },
      },
      { $group: { _id: '$praise.staffNumber', count: { $sum: 1 } } },
    ])
    .toArray();
  return counted.map(({ _id, count }) => ({ staffNumber: String(_id), count: Number(count) }));
}
