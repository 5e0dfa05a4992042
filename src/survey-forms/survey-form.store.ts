import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { SurveyForm } from './survey-form.ts';

/** A version as it was published; the form carries its content hash. */
export interface PublishedForm {
  readonly form: SurveyForm;
  readonly publishedAt: Date;
}

/** The published versions. A stored version never changes. */
export interface SurveyFormStore {
  /** Every published version, also those whose file is gone. */
  readonly all: () => Promise<readonly PublishedForm[]>;
  /** Stores a version unless it is there already, by whomever: the first one wins. */
  readonly insert: (form: SurveyForm, publishedAt: Date) => Promise<'inserted' | 'already-there'>;
}

interface SurveyFormRow {
  readonly _id: string;
  readonly contentHash: string;
  readonly publishedAt: Date;
  readonly form: SurveyForm;
}

const schema = new Schema<SurveyFormRow>({
  _id: { type: String, required: true },
  contentHash: { type: String, required: true },
  publishedAt: { type: Date, required: true },
  form: { type: Schema.Types.Mixed, required: true },
});

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}

/** The store on a connection: collection `surveyForms`, `_id` is `<id>@<version>`. */
export function createSurveyFormStore(connection: Connection): SurveyFormStore {
  const rows = defineCollection<SurveyFormRow>(connection, 'surveyForms', schema);
  return {
    all: async () => {
      const found = await rows.find().sort({ _id: 1 }).lean<SurveyFormRow[]>();
      return found.map(({ form, publishedAt }) => ({ form, publishedAt }));
    },
    insert: async (form, publishedAt) => {
      try {
        await rows.create({
          _id: `${form.id}@${form.version}`,
          contentHash: form.contentHash,
          publishedAt,
          form,
        });
        return 'inserted';
      } catch (error) {
        if (isDuplicate(error)) return 'already-there';
        throw error;
      }
    },
  };
}
