import type { Model } from 'mongoose';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { ItemTally, PeriodTally, ResponseTally } from './survey-response.ts';

const groupOfItem = {
  departmentCode: '$departmentCode',
  patientGroup: '$patientGroup',
  formId: '$formId',
  formVersion: '$formVersion',
  mode: '$mode',
  verification: '$verification',
  item: '$answers.item',
  option: '$answers.option',
};

const groupOfResponse = {
  departmentCode: '$departmentCode',
  patientGroup: '$patientGroup',
  formId: '$formId',
  formVersion: '$formVersion',
  mode: '$mode',
  verification: '$verification',
  completeness: '$completeness',
  validDimensions: '$validDimensions',
};

interface Group<Key> {
  readonly _id: Key;
  readonly count: number;
}

const flat = <Key extends object>({ _id, count }: Group<Key>): Key & { count: number } => ({ ..._id, count });

/**
 * Counts a month's responses received before the cut-off: the options of complete ones, and all of them by completeness.
 * Confidential answers lie in another field and are never read.
 */
export async function tallyResponses<T>(
  model: Model<T>,
  period: ReportingPeriod,
  cutoffAt: Date,
): Promise<PeriodTally> {
  const month = { period, receivedAt: { $lt: cutoffAt } };
  const items = await model
    .aggregate<Group<Omit<ItemTally, 'count'>>>([
      { $match: { ...month, completeness: 'complete' } },
      { $unwind: '$answers' },
      { $group: { _id: groupOfItem, count: { $sum: 1 } } },
    ])
    .allowDiskUse(true);
  const responses = await model
    .aggregate<Group<Omit<ResponseTally, 'count'>>>([
      { $match: month },
      { $group: { _id: groupOfResponse, count: { $sum: 1 } } },
    ])
    .allowDiskUse(true);
  return { items: items.map(flat), responses: responses.map(flat) };
}
