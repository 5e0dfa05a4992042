import type { Model } from 'mongoose';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { LateAnswers } from './survey-response.ts';
import { parseSegmentKey } from './tally-segment.ts';

interface Group {
  readonly _id: string;
  readonly complete: number;
  readonly partial: number;
  readonly firstReceivedAt: Date;
  readonly lastReceivedAt: Date;
}

const countOf = (completeness: string) => ({
  $sum: { $cond: [{ $eq: ['$completeness', completeness] }, 1, 0] },
});

/** Counts a month's answers received at or after a moment, by what they are counted under; reads no answer. */
export async function countLateAnswers<T>(
  model: Model<T>,
  period: ReportingPeriod,
  since: Date,
): Promise<readonly LateAnswers[]> {
  const groups = await model.aggregate<Group>([
    { $match: { period, receivedAt: { $gte: since } } },
    {
      $group: {
        _id: '$segment',
        complete: countOf('complete'),
        partial: countOf('partial'),
        firstReceivedAt: { $min: '$receivedAt' },
        lastReceivedAt: { $max: '$receivedAt' },
      },
    },
    { $sort: { _id: 1 } },
  ]);
  return groups.map(({ _id, ...counts }) => Object.assign(parseSegmentKey(_id), counts));
}
