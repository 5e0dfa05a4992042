import Joi from 'joi';
import { answerers } from '../survey-responses/survey-response.ts';
import type { PaperSheetFields } from './paper-sheet.ts';

/** What the address of the page says: where the sheets are from, the day written on the last one, and how many are saved. */
export interface PaperQuery {
  readonly department?: string;
  readonly group?: string;
  readonly answeredOn?: string;
  readonly saved: number;
}

const code = Joi.string().max(64).empty('');

/** Query of the page. */
export const paperQuery = Joi.object<PaperQuery>({
  department: code,
  group: code,
  answeredOn: Joi.string().max(32).empty(''),
  saved: Joi.number().integer().min(0).max(100_000).empty('').default(0),
}).unknown(true);

/** Path of a posted sheet. */
export const paperParams = Joi.object({ departmentCode: Joi.string().max(64).required() });

const typed = Joi.string().allow('').max(8000);

/** A posted sheet. Its answers are judged by the form. */
export const paperSheetBody = Joi.object<PaperSheetFields>({
  _csrf: Joi.string().max(500),
  submissionId: Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required(),
  formId: Joi.string().max(64).required(),
  formVersion: Joi.number().integer().min(1).required(),
  answeredOn: Joi.string().allow('').max(32),
  answeredBy: Joi.string()
    .allow('')
    .valid(...answerers),
  comment: typed,
  praised: typed,
  praise: typed,
  saved: Joi.number().integer().min(0).max(100_000).empty('').default(0),
}).pattern(/^answer\.[a-z0-9][a-z0-9-]{0,63}$/, typed);
