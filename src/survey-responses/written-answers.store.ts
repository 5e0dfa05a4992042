import type { Model } from 'mongoose';
import { readStoredPeriod } from '../operation/trial-period.ts';
import { holdsWords } from './written-answer.ts';
import type { FindWritten, ListWritten, WrittenAnswer, WrittenPosition } from './written-answer.ts';

/** The index by which written answers are found: only they are in it. */
export const writtenIndex = [
  { period: 1, receivedAt: -1, _id: -1 },
  { partialFilterExpression: { written: true } },
] as const;

const projection = {
  formId: 1,
  formVersion: 1,
  patientGroup: 1,
  departmentCode: 1,
  mode: 1,
  period: 1,
  receivedAt: 1,
  comment: 1,
  praise: 1,
  texts: 1,
  mayPublish: 1,
};

function behind(after: WrittenPosition | null): object {
  if (after === null) return {};
  const { receivedAt, submissionId } = after;
  return { $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: submissionId } }] };
}

function read(found: readonly unknown[]): readonly WrittenAnswer[] {
  return (found as readonly (WrittenAnswer & { readonly _id: string })[])
    .map(({ _id, ...rest }) => Object.assign(rest, { submissionId: _id }))
    .filter((answer) => holdsWords(answer) && !readStoredPeriod(answer.period).trial);
}

/** Reads the words of answers of live operation: a month sorts apart from everything of a trial. */
export function createReadWritten<T>(model: Model<T>): {
  listWritten: ListWritten;
  findWritten: FindWritten;
} {
  const { collection } = model;
  return {
    listWritten: async ({ period, departmentCode, formId }, after, limit) => {
      const asked = {
        written: true,
        period,
        ...(departmentCode === undefined ? {} : { departmentCode }),
        ...(formId === undefined ? {} : { formId }),
        ...behind(after),
      };
      const found = collection.find(asked, { projection }).sort({ receivedAt: -1, _id: -1 }).limit(limit);
      return read(await found.toArray());
    },
    findWritten: async (submissionIds) => {
      if (submissionIds.length === 0) return [];
      const found = collection.find({ _id: { $in: [...submissionIds] as never[] } }, { projection });
      return read(await found.toArray());
    },
  };
}
