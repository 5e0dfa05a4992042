import type { Model } from 'mongoose';
import type { AnswerWords } from '../contacts/contact.ts';

/** Department, comment and trial mark of some answers, by submission id. */
export async function findWords<T>(model: Model<T>, ids: readonly string[]): Promise<readonly AnswerWords[]> {
  if (ids.length === 0) return [];
  const found = await model.collection
    .find({ _id: { $in: [...ids] as never[] } }, { projection: { departmentCode: 1, comment: 1, trial: 1 } })
    .toArray();
  return found.map(({ _id, departmentCode, comment, trial }) => ({
    submissionId: String(_id),
    departmentCode: String(departmentCode),
    comment: typeof comment === 'string' ? comment : null,
    trial: trial === true,
  }));
}
