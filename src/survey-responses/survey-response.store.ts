import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { PeriodTally, SubmissionReceipt, SurveyResponse, TallyPeriod } from './survey-response.ts';
import { parseSegmentKey, segmentKey } from './tally-segment.ts';

/** What became of storing a response: `taken` means that its id or its source has been used before. */
export type InsertOutcome = 'stored' | 'id-taken' | 'source-taken';

/** A response that came by a call or link: its keyed fingerprint and when it came. */
export interface SourceReceipt {
  readonly sourceKey: string;
  readonly receivedAt: Date;
}

/** The responses. One document a response; nothing ever changes in it. */
export interface SurveyResponseStore {
  /** One operation, acknowledged after the journal has it. */
  readonly insert: (response: SurveyResponse) => Promise<InsertOutcome>;
  /** The receipt of the response with this id and fingerprint, once the journal has it; null when there is none. */
  readonly confirm: (submissionId: string, fingerprint: string) => Promise<SubmissionReceipt | null>;
  /** Items of complete responses, and all responses, of a month received before the cut-off. */
  readonly tallyPeriod: TallyPeriod;
  /** Which of some calls or links have an answer. */
  readonly findBySourceKeys: (keys: readonly string[]) => Promise<readonly SourceReceipt[]>;
  /** The months that have responses, oldest first. */
  readonly periodsWithResponses: () => Promise<readonly ReportingPeriod[]>;
}

interface SurveyResponseRow extends Omit<SurveyResponse, 'submissionId'> {
  readonly _id: string;
  /** See `segmentKey`: what a tally groups by. */
  readonly segment: string;
}

interface ItemRow {
  readonly _id: { readonly segment: string; readonly answer: { readonly item: string; readonly option: string } };
  readonly count: number;
}

interface ResponseRow {
  readonly _id: {
    readonly segment: string;
    readonly completeness: SurveyResponse['completeness'];
    readonly validDimensions: readonly string[];
  };
  readonly count: number;
}

const text = { type: String, required: true };
const nullable = { type: String, default: null };
const itemAnswers = [new Schema({ item: text, option: text }, { _id: false })];
const schema = new Schema<SurveyResponseRow>({
  _id: text,
  segment: text,
  formId: text,
  formVersion: { type: Number, required: true },
  patientGroup: text,
  departmentCode: text,
  mode: text,
  answeredBy: text,
  verification: text,
  answers: itemAnswers,
  confidentialAnswers: itemAnswers,
  texts: [new Schema({ item: text, text }, { _id: false })],
  comment: nullable,
  completeness: text,
  validDimensions: [String],
  answeredOn: nullable,
  receivedAt: { type: Date, required: true },
  period: text,
  sourceKey: nullable,
  fingerprint: text,
})
  .index({ period: 1, receivedAt: 1 })
  .index({ sourceKey: 1 }, { unique: true, partialFilterExpression: { sourceKey: { $type: 'string' } } });

const journalled = { writeConcern: { w: 'majority', journal: true } } as const;

function receiptOf(row: SurveyResponseRow): SubmissionReceipt {
  const { _id: submissionId, formId, formVersion, period, receivedAt, completeness } = row;
  return { submissionId, formId, formVersion, period, receivedAt: receivedAt.toISOString(), completeness };
}

function outcomeOf(error: unknown): InsertOutcome {
  if (!isDuplicateKey(error)) throw error;
  const key = error instanceof Error && 'keyPattern' in error ? error.keyPattern : null;
  return typeof key === 'object' && key !== null && 'sourceKey' in key ? 'source-taken' : 'id-taken';
}

/** The store on a connection: collection `surveyResponses`, `_id` is the submission id. */
export function createSurveyResponseStore(connection: Connection): SurveyResponseStore {
  const rows = defineCollection<SurveyResponseRow>(connection, 'surveyResponses', schema);
  const count = { $sum: 1 };
  return {
    insert: async ({ submissionId, ...response }) => {
      try {
        // Past mongoose: casting twenty answers would cost more than everything else on the path of an answer.
        await rows.collection.insertOne(
          { _id: submissionId as never, segment: segmentKey(response), ...response },
          journalled,
        );
        return 'stored';
      } catch (error) {
        return outcomeOf(error);
      }
    },
    confirm: async (submissionId, fingerprint) => {
      // A write that changes nothing still waits until the journal has what it found.
      const found = await rows
        .findOneAndUpdate({ _id: submissionId, fingerprint }, { $set: { fingerprint } }, journalled)
        .lean<SurveyResponseRow | null>();
      return found ? receiptOf(found) : null;
    },
    tallyPeriod: async (period, cutoffAt): Promise<PeriodTally> => {
      const month = { period, receivedAt: { $lt: cutoffAt } };
      const items = await rows.aggregate<ItemRow>([
        { $match: { ...month, completeness: 'complete' } },
        { $unwind: '$answers' },
        { $group: { _id: { segment: '$segment', answer: '$answers' }, count } },
      ]);
      const responses = await rows.aggregate<ResponseRow>([
        { $match: month },
        {
          $group: {
            _id: {
              segment: '$segment',
              completeness: '$completeness',
              validDimensions: '$validDimensions',
            },
            count,
          },
        },
      ]);
      return {
        items: items.map(({ _id: { segment, answer }, count: n }) => ({
          ...parseSegmentKey(segment),
          item: answer.item,
          option: answer.option,
          count: n,
        })),
        responses: responses.map(({ _id: { segment, ...split }, count: n }) => ({
          ...parseSegmentKey(segment),
          ...split,
          count: n,
        })),
      };
    },
    findBySourceKeys: (keys) =>
      // `$type` names what the index holds, so that the partial index is used.
      rows
        .find({ sourceKey: { $in: [...keys], $type: 'string' } }, { _id: 0, sourceKey: 1, receivedAt: 1 })
        .setOptions({ sanitizeFilter: false })
        .lean<SourceReceipt[]>(),
    periodsWithResponses: async () => (await rows.distinct('period')).toSorted(),
  };
}
