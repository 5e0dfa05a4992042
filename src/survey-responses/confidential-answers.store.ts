import type { Model } from 'mongoose';
import type {
  ConfidentialAnswer,
  ConfidentialCount,
  CountConfidential,
  ListConfidential,
} from '../confidential-answers/confidential-answer.ts';

/** How long the server may be silent while it counts a large month, in ms. */
const socketTimeoutMS = 5 * 60 * 1000;

/** Reads the confidential answers and of their sheets only department, patient group, mode and time. */
export function createReadConfidential<T>(model: Model<T>): {
  readonly countConfidential: CountConfidential;
  readonly listConfidential: ListConfidential;
} {
  return {
    countConfidential: async (period) => {
      const groups = await model
        .aggregate<{ readonly _id: Omit<ConfidentialCount, 'count'>; readonly count: number }>([
          { $match: { period } },
          { $unwind: '$confidentialAnswers' },
          {
            $group: {
              _id: {
                departmentCode: '$departmentCode',
                formId: '$formId',
                formVersion: '$formVersion',
                item: '$confidentialAnswers.item',
                option: '$confidentialAnswers.option',
              },
              count: { $sum: 1 },
            },
          },
        ])
        .option({ allowDiskUse: true, socketTimeoutMS });
      return groups.map(({ _id, count }) => Object.assign(_id, { count }));
    },
    listConfidential: async (period, { item, option }, limit) => {
      const found = await model.collection
        .find(
          { period, confidentialAnswers: { $elemMatch: { item, option } } },
          { projection: { _id: 0, departmentCode: 1, patientGroup: 1, mode: 1, receivedAt: 1 } },
        )
        .sort({ receivedAt: -1 })
        .limit(limit)
        .toArray();
      return found as unknown as readonly ConfidentialAnswer[];
    },
  };
}
