import type { Model } from 'mongoose';
import type { AnswerLinks, PersonsInAnswers } from '../privacy/erasure.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { wordless } from './answer-words.store.ts';
import { createBlotter } from './blot-out.ts';
import { noFingerprint } from './stored-content.ts';
import type { SurveyResponse } from './survey-response.ts';
import type { SurveyResponseDocument } from './survey-response.store.ts';

const durable = { writeConcern: { w: 'majority', journal: true } } as const;

type Words = Pick<SurveyResponse, 'comment' | 'texts' | 'praise' | 'fingerprint'> & { readonly _id: string };

type Written = Pick<SurveyResponse, 'departmentCode' | 'receivedAt'> & { readonly _id: string };

function linked({ sourceKeys, submissionIds }: AnswerLinks): object {
  return {
    $or: [
      { _id: { $in: [...submissionIds] } },
      // The type is named too: else the planner may pass by the partial index and read every response.
      { sourceKey: { $in: [...sourceKeys], $type: 'string' } },
    ],
  };
}

function naming(patterns: readonly string[], since: CalendarDate | null): object {
  const either = patterns.flatMap(($regex) =>
    ['comment', 'texts.text', 'praise.text'].map((path) => ({ [path]: { $regex } })),
  );
  // Trial periods sort after every month: they are looked at too.
  return { written: true, period: { $gte: since?.slice(0, 7) ?? '' }, $or: either };
}

/** The words of persons in answers. What was chosen, and everything that is counted, is never touched. */
export function createPersonsInAnswers(model: Model<SurveyResponseDocument>): PersonsInAnswers {
  const { collection } = model;
  return {
    findWritten: async (submissionIds) => {
      if (submissionIds.length === 0) return [];
      const found = await collection
        .find<Written>(
          { _id: { $in: [...submissionIds] as never[] }, written: true },
          { projection: { departmentCode: 1, receivedAt: 1 } },
        )
        .toArray();
      return found.map(({ _id: submissionId, departmentCode, receivedAt }) => {
        return { submissionId, departmentCode, receivedAt };
      });
    },
    countNaming: async (words, since) => {
      const { patterns } = createBlotter(words);
      return patterns.length === 0 ? 0 : collection.countDocuments(naming(patterns, since));
    },
    takeWords: async (links) => {
      const change = wordless({ sourceKey: null });
      return (await collection.updateMany(linked(links), change, durable)).modifiedCount;
    },
    blotOut: async (words, since) => {
      const { patterns, blot } = createBlotter(words);
      if (patterns.length === 0) return 0;
      let blotted = 0;
      const found = collection.find<Words>(naming(patterns, since), {
        projection: { comment: 1, texts: 1, praise: 1, fingerprint: 1 },
      });
      for await (const { _id, fingerprint, ...texts } of found) {
        const change = { ...blot(texts), fingerprint: noFingerprint };
        await collection.updateOne({ _id: _id as never, fingerprint }, { $set: change as never }, durable);
        blotted += 1;
      }
      return blotted;
    },
  };
}
