import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey, isOnlyDuplicateKeys } from '../database/database-error.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { createReadConfidential } from './confidential-answers.store.ts';
import { countLateAnswers } from './late-answers.store.ts';
import type { CountLateAnswers, PeriodTally, SurveyResponse } from './survey-response.ts';
import type { StoredContent } from './stored-content.ts';
import type { CountConfidential, ListConfidential } from '../confidential-answers/confidential-answer.ts';
import type { FindWords } from '../contacts/contact.ts';
import type { PraiseCount } from './praise.ts';
import { readStoredPeriod, storedPeriod, trialPrefix } from '../operation/trial-period.ts';
import { findWords } from './find-words.store.ts';
import { createReadWritten, writtenIndex } from './written-answers.store.ts';
import { holdsWords } from './written-answer.ts';
import type { FindWritten, ListWritten } from './written-answer.ts';
import { countPraise, tallyResponses } from './survey-response-tally.store.ts';
import { segmentKey } from './tally-segment.ts';

/** A response as a document: the submission id is its key, and the period tells trial data from what counts. */
export type SurveyResponseDocument = Omit<SurveyResponse, 'submissionId'> & {
  readonly _id: string;
  /** What a tally groups by. */
  readonly segment: string;
  /** Somebody wrote something in it: found by an index of its own. */
  readonly written?: true;
};

/** Responses: written once, never changed. */
export interface SurveyResponseStore {
  /**
   * Stores a response in one operation, after the journal. A replay gives what was stored first, also after the journal.
   * Throws `submission_id_reused` or `already_answered` (conflicts).
   */
  readonly insertOnce: (response: SurveyResponse) => Promise<{ stored: SurveyResponse; replayed: boolean }>;
  /** Stores those whose id is not there yet, after the journal: for answers of the past, of which none waits for a receipt. */
  readonly insertMissing: (responses: readonly SurveyResponse[]) => Promise<void>;
  /** What is stored under some submission ids, as far as it tells one answer from another; those that are not there are left out. */
  readonly contentsOf: (submissionIds: readonly string[]) => Promise<ReadonlyMap<string, StoredContent>>;
  readonly tally: (period: ReportingPeriod, cutoffAt: Date) => Promise<PeriodTally>;
  readonly lateAnswers: CountLateAnswers;
  /** Which of some calls or links have an answer. */
  readonly findBySourceKeys: (
    keys: readonly string[],
  ) => Promise<readonly { sourceKey: string; receivedAt: Date }[]>;
  /** How often patients praised each colleague of a department in a month, of what was received before a moment. */
  readonly countPraise: (
    period: ReportingPeriod,
    departmentCode: string,
    before: Date,
  ) => Promise<readonly PraiseCount[]>;
  /** The comments of some answers; those that do not exist are left out. */
  readonly findWords: FindWords;
  readonly countConfidential: CountConfidential;
  readonly listConfidential: ListConfidential;
  readonly listWritten: ListWritten;
  readonly findWritten: FindWritten;
  /** The first month with an answer that counts, or null. */
  readonly firstPeriod: () => Promise<ReportingPeriod | null>;
}

const fromDocument = ({
  _id,
  segment: _segment,
  written: _written,
  ...response
}: SurveyResponseDocument): SurveyResponse => ({
  submissionId: _id,
  ...response,
  ...readStoredPeriod(response.period),
});

/** The key is typed as the driver's collection has it. */
const documentOf = (response: SurveyResponse): Omit<SurveyResponseDocument, '_id'> & { _id: never } => {
  const { submissionId, ...rest } = response;
  return {
    _id: submissionId as never,
    ...rest,
    ...(holdsWords(response) ? { written: true as const } : {}),
    segment: segmentKey(response),
    period: storedPeriod(response.period, response.trial),
  };
};

function responseSchema(): Schema<SurveyResponseDocument> {
  const schema = new Schema<SurveyResponseDocument>(
    { _id: { type: String, required: true } },
    { strict: false },
  );
  schema.index({ period: 1, receivedAt: 1 });
  schema.index(...writtenIndex);
  schema.index(
    { sourceKey: 1 },
    { unique: true, partialFilterExpression: { sourceKey: { $type: 'string' } } },
  );
  schema.index(
    { departmentCode: 1, period: 1 },
    { partialFilterExpression: { 'praise.staffNumber': { $type: 'string' } } },
  );
  return schema;
}

const durable = { writeConcern: { w: 'majority', journal: true } } as const;

async function insertMissing(
  collection: Model<SurveyResponseDocument>['collection'],
  responses: readonly SurveyResponse[],
): Promise<void> {
  if (responses.length === 0) return;
  try {
    await collection.insertMany(responses.map(documentOf), { ordered: false, ...durable });
  } catch (error) {
    if (!isOnlyDuplicateKeys(error)) throw error;
  }
}

async function contentsOf(
  collection: Model<SurveyResponseDocument>['collection'],
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, StoredContent>> {
  if (submissionIds.length === 0) return new Map();
  const projection = { fingerprint: 1, departmentCode: 1, answeredOn: 1, answers: 1 };
  const found = await collection
    .find({ _id: { $in: [...submissionIds] as never[] } }, { projection })
    .toArray();
  return new Map(found.map((document) => [String(document._id), document as unknown as StoredContent]));
}

/** Registers the collection `surveyResponses`; call it once a connection. */
export function defineSurveyResponses(connection: Connection): Model<SurveyResponseDocument> {
  return defineCollection(connection, 'surveyResponses', responseSchema());
}

/** The answers of a collection. Documents are written by the driver itself: their shape is the use case's. */
export function createSurveyResponseStore(model: Model<SurveyResponseDocument>): SurveyResponseStore {
  // Plain driver calls: no casting of twenty answers on the path that patients wait for. Filters hold checked strings only.
  const collection = model.collection;
  const replay = async (response: SurveyResponse): Promise<SurveyResponse> => {
    // A journalled write that changes nothing: the first answer is in the journal before it is acknowledged again.
    const { submissionId, fingerprint } = response;
    const found = await collection.findOneAndUpdate(
      { _id: submissionId as never, fingerprint },
      { $set: { fingerprint } },
      { ...durable, returnDocument: 'after' },
    );
    if (found) return fromDocument(found as unknown as SurveyResponseDocument);
    const sameId = await collection.countDocuments({ _id: submissionId as never }, { limit: 1 });
    if (sameId > 0) throw conflict('submission_id_reused', 'Another answer has this submission id.');
    throw conflict('already_answered', 'This call or link has been answered already.');
  };

  return {
    insertOnce: async (response) => {
      try {
        await collection.insertOne(documentOf(response), durable);
        return { stored: response, replayed: false };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return { stored: await replay(response), replayed: true };
      }
    },
    findWords: (ids) => findWords(model, ids),
    ...createReadWritten(model),
    ...createReadConfidential(model),
    countPraise: (period, departmentCode, before) => countPraise(model, period, departmentCode, before),
    insertMissing: async (responses) => insertMissing(collection, responses),
    contentsOf: (submissionIds) => contentsOf(collection, submissionIds),
    tally: (period, cutoffAt) => tallyResponses(model, period, cutoffAt),
    lateAnswers: (period, since) => countLateAnswers(model, period, since),
    findBySourceKeys: async (keys) => {
      const found = await collection
        // The type is named too: else the planner may pass by the partial index and read every response.
        .find(
          { sourceKey: { $in: [...keys], $type: 'string' } },
          { projection: { sourceKey: 1, receivedAt: 1 } },
        )
        .toArray();
      return found.map((document) => ({
        sourceKey: String(document['sourceKey']),
        receivedAt: document['receivedAt'] as Date,
      }));
    },
    firstPeriod: async () => {
      const [first] = await collection
        .find({ period: { $lt: trialPrefix } }, { projection: { period: 1 } })
        .sort({ period: 1 })
        .limit(1)
        .toArray();
      return first ? String(first['period']) : null;
    },
  };
}

function conflict(code: string, message: string): DomainError {
  return new DomainError('conflict', code, message);
}
