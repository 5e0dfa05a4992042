import Joi from 'joi';
import { maxTextLength } from '../survey-forms/answer-text.ts';
import { answer, anyText, count, moment, oneOf } from '../http/answer.schema.ts';
import { answerers, surveyModes } from './survey-response.ts';
import type { Submission } from './survey-response.ts';
import type { SurveyPageFields } from './survey-page-fields.ts';

// Room for what counts as one character but takes several code units; the rule itself, with its words, is the form's.
const text = Joi.string()
  .allow('')
  .max(maxTextLength * 4);
const submissionId = Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required();
const formId = Joi.string().max(64).required();

/** Body of `POST /api/v1/survey-responses`. */
export const surveyResponseBody = Joi.object<Submission>({
  submissionId,
  formId,
  formVersion: Joi.number().strict().integer().min(1).required(),
  departmentCode: Joi.string().max(64).required(),
  mode: Joi.string()
    .valid(...surveyModes)
    .default('web'),
  // Each answer is judged once, against its item, with its pointer: by the form.
  answers: Joi.object().strict().unknown(true).max(200).required(),
  comment: text,
  praise: Joi.object({ staffNumber: Joi.string().allow('').max(64), text }),
  contact: Joi.object({ reachAt: Joi.string().allow('').max(500), name: Joi.string().allow('').max(500) }),
  answeredOn: Joi.string().max(32),
  answeredBy: Joi.string().valid(...answerers),
  noticeVersion: Joi.string().allow('').max(64),
  mayPublish: Joi.boolean().strict(),
});

/** Fields of the posted page. Texts have no limit of their own here: a page keeps what was typed and says what is too long. */
export const surveyPageBody = Joi.object<SurveyPageFields>({
  submissionId,
  formId,
  formVersion: Joi.number().integer().min(1).required(),
  // Whatever it is, an answer is never refused for its ticket: one that is not ours is none.
  ticket: Joi.string().allow(''),
  answeredBy: Joi.string()
    .allow('')
    .valid(...answerers),
  comment: Joi.string().allow(''),
  'praise.staffNumber': Joi.string().allow('').max(64),
  'praise.text': Joi.string().allow(''),
  'contact.reachAt': Joi.string().allow(''),
  'contact.name': Joi.string().allow(''),
  noticeVersion: Joi.string().allow('').max(64),
  mayPublish: Joi.string().allow('').valid('yes'),
}).pattern(/^answer\.[a-z0-9][a-z0-9-]{0,63}$/, Joi.string().allow(''));

/** What the address of a patient's page may say. Messengers add parameters of their own, which mean nothing here. */
export interface PatientPageQuery {
  /** 调查对象 whose form is asked for. */
  readonly group?: string;
  /** `large` for the page in large type. */
  readonly size?: string;
}

/** Query of every patient page. */
export const patientPageQuery = Joi.object<PatientPageQuery>({
  group: Joi.string().allow('').max(64),
  size: Joi.string().allow('').max(16),
}).unknown(true);

/** Query of the posters: which department’s, or none for all. */
export const posterQuery = Joi.object({ department: Joi.string().allow('').max(64).default('') }).unknown(
  true,
);

/** The receipt of `POST /api/v1/survey-responses`, the same for every replay. */
export const receiptAnswer: Joi.ObjectSchema = answer({
  submissionId: anyText,
  formId: anyText,
  formVersion: count,
  period: anyText,
  receivedAt: moment,
  completeness: oneOf(['complete', 'partial']),
});
