import type { Connection } from 'mongoose';
import { Schema, trusted } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { SummarySource } from './scorecard-summary.ts';
import type { FrozenScorecard } from './scorecard.ts';

interface ScorecardDocument {
  readonly _id: string;
  readonly period: ReportingPeriod;
  readonly revision: number;
  readonly departmentCode: string;
  readonly scorecard: FrozenScorecard;
}

/** Frozen scorecards: written once, never changed. */
export interface ScorecardStore {
  /** Stores a scorecard unless one of its period, revision and department stands; gives the one that stands. */
  readonly freeze: (scorecard: FrozenScorecard) => Promise<FrozenScorecard>;
  readonly find: (key: ScorecardKey) => Promise<FrozenScorecard | null>;
  /** Those of some scorecards that exist, in no order. */
  readonly findMany: (keys: readonly ScorecardKey[]) => Promise<readonly FrozenScorecard[]>;
  readonly findAll: (period: ReportingPeriod, revision: number) => Promise<readonly FrozenScorecard[]>;
  /** All of a revision without items and dimensions: what a list needs. */
  readonly summaries: (period: ReportingPeriod, revision: number) => Promise<readonly SummarySource[]>;
}

interface SummaryDocument {
  readonly scorecard: SummarySource;
}

/** What names one frozen scorecard. */
export interface ScorecardKey {
  readonly period: ReportingPeriod;
  readonly revision: number;
  readonly departmentCode: string;
}

const idOf = ({ period, revision, departmentCode }: ScorecardKey): string =>
  `${period}:r${revision}:${departmentCode}`;

/** The collection `scorecards`, keyed `<period>:r<revision>:<department>`. */
export function createScorecardStore(connection: Connection): ScorecardStore {
  const schema = new Schema<ScorecardDocument>(
    {
      _id: { type: String, required: true },
      period: { type: String, required: true },
      revision: { type: Number, required: true },
      departmentCode: { type: String, required: true },
      scorecard: { type: Schema.Types.Mixed, required: true },
    },
    // An empty object inside the snapshot is part of what was hashed.
    { minimize: false },
  );
  schema.index({ period: 1, revision: 1 });
  const model = defineCollection(connection, 'scorecards', schema);
  const find = async (key: ScorecardKey): Promise<FrozenScorecard | null> => {
    const found = await model.findById(idOf(key)).lean<ScorecardDocument>();
    return found?.scorecard ?? null;
  };
  return {
    find,
    freeze: async (scorecard) => {
      const { period, revision, departmentCode } = scorecard;
      try {
        await model.create({ _id: idOf(scorecard), period, revision, departmentCode, scorecard });
        return scorecard;
      } catch (error) {
        const standing = isDuplicateKey(error) ? await find(scorecard) : null;
        if (!standing) throw error;
        return standing;
      }
    },
    findMany: async (keys) => {
      const found = await model.find({ _id: trusted({ $in: keys.map(idOf) }) }).lean<ScorecardDocument[]>();
      return found.map(({ scorecard }) => scorecard);
    },
    findAll: async (period, revision) => {
      const found = await model.find({ period, revision }).sort({ _id: 1 }).lean<ScorecardDocument[]>();
      return found.map(({ scorecard }) => scorecard);
    },
    summaries: async (period, revision) => {
      const found = await model
        .find({ period, revision })
        .select({ 'scorecard.sections.items': 0, 'scorecard.sections.dimensions': 0 })
        .lean<SummaryDocument[]>();
      return found.map(({ scorecard }) => scorecard);
    },
  };
}
