import Joi from 'joi';
import { answerers } from '../survey-responses/survey-response.ts';
import { dispositionCodes } from './disposition.ts';

const id = Joi.string()
  .pattern(/^[\w:.-]+$/)
  .max(100);
const submissionId = Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required();
const words = Joi.string().trim().max(2000).empty('');

/** Path of a single call. */
export const callParams = Joi.object({ id: id.required() });

/** Query of the list. */
export const callListQuery = Joi.object({
  state: Joi.string().valid('due', 'open', 'closed').default('due'),
  department: Joi.string().max(40).empty(''),
  cursor: Joi.string().max(200).empty(''),
  limit: Joi.number().integer().min(1).max(200).default(50),
});

/** Body of one attempt. */
export const attemptBody = Joi.object({
  attemptId: id.required(),
  disposition: Joi.string()
    .valid(...dispositionCodes)
    .required(),
  startedAt: Joi.date().iso().required(),
  durationSeconds: Joi.number().integer().min(0).max(14_400).required(),
  interview: Joi.object({
    submissionId,
    formId: Joi.string().max(60).required(),
    formVersion: Joi.number().integer().min(1).required(),
    answers: Joi.object().pattern(Joi.string().max(60), Joi.string().max(2000)).max(100).required(),
    comment: words,
    praise: Joi.object({
      staffNumber: Joi.string().max(64).allow(''),
      text: Joi.string().max(2000).allow(''),
    }),
    answeredBy: Joi.string().valid(...answerers),
    noticeVersion: Joi.string().max(64),
  }),
  note: words,
  callBackAt: Joi.date().iso(),
  redFlag: Joi.boolean().default(false),
  noFurtherCalls: Joi.boolean().default(false),
  noticeVersion: Joi.string().max(64),
});

/** Query of the worklist page. */
export const worklistQuery = callListQuery.keys({
  notice: Joi.string().max(20),
  lang: Joi.string().max(20),
});

/** Query of a page that shows one call. */
export const callPageQuery = Joi.object({ lang: Joi.string().max(20) });

/** Form with nothing but its token. */
export const tokenForm = Joi.object({ _csrf: Joi.string().max(500) });

/** The form of the call page. What a person can get wrong is judged by `readAttemptForm`, which keeps what was typed. */
export const attemptForm = Joi.object({
  _csrf: Joi.string().max(500),
  attemptId: id.required(),
  submissionId,
  startedAt: Joi.string().isoDate().required(),
  formId: Joi.string().max(60).allow('').default(''),
  formVersion: Joi.number().integer().min(0).default(0),
  disposition: Joi.string().max(40).allow('').default(''),
  note: Joi.string().max(2000).allow('').default(''),
  callBackAt: Joi.string().max(40).allow('').default(''),
  redFlag: Joi.string().max(5).allow('').default(''),
  noFurtherCalls: Joi.string().max(5).allow('').default(''),
  answeredBy: Joi.string().max(40).allow('').default(''),
  comment: Joi.string().max(2000).allow('').default(''),
  noticeVersion: Joi.string().max(64).allow('').default(''),
  'praise.staffNumber': Joi.string().max(64).allow('').default(''),
  'praise.text': Joi.string().max(2000).allow('').default(''),
})
  .pattern(/^answer\.[\w-]{1,60}$/, Joi.string().max(2000).allow(''))
  .pattern(/^step\.[\w-]{1,60}$/, Joi.string().max(400).allow(''));
