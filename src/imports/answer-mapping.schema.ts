import Joi from 'joi';
import { surveyModes } from '../survey-responses/survey-response.ts';
import type { SurveyMode } from '../survey-responses/survey-response.ts';
import type { ColumnNames } from './column-names.ts';

/** How an older system's answers are written, and the form they become. Item and option texts of the form need not be repeated. */
export interface AnswerMapping {
  /** Marks the imported answers. */
  readonly system: string;
  readonly name: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly mode: SurveyMode;
  /** Names of the columns `externalId`, `answeredOn`, `department`, `comment`. */
  readonly columns: ColumnNames;
  /** Item code → names of its column. */
  readonly items: ColumnNames;
  /** Option code → how it is written, for every item. */
  readonly options: ColumnNames;
}

const names = Joi.object().pattern(/^[A-Za-z][\w-]*$/, Joi.array().items(Joi.string().min(1).max(100)));

const schema = Joi.array()
  .items(
    Joi.object({
      system: Joi.string()
        .pattern(/^[a-z][a-z0-9-]{0,29}$/)
        .required(),
      name: Joi.string().max(60).required(),
      formId: Joi.string().max(60).required(),
      formVersion: Joi.number().integer().min(1).required(),
      mode: Joi.string()
        .valid(...surveyModes)
        .required(),
      columns: names.required(),
      items: names.required(),
      options: names.required(),
    }),
  )
  .unique('system')
  .required();

/** The mappings of a file. Throws an Error that names what is wrong with it. */
export function readAnswerMappings(value: unknown): readonly AnswerMapping[] {
  const result = schema.validate(value, { abortEarly: false });
  if (result.error) throw new Error(`older-answers.json: ${result.error.message}`);
  return result.value as readonly AnswerMapping[];
}
