import Joi from 'joi';
import { answer, anyText, count, day, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { dispositionCodes } from './disposition.ts';

const disposition = oneOf(dispositionCodes);
const state = oneOf(['open', 'closed']);

/** One follow-up call, without who is called and what was noted. */
export const followUpCallAnswer: Joi.ObjectSchema = answer({
  id: anyText,
  departmentCode: anyText,
  purpose: oneOf(['clinical', 'satisfaction']),
  dischargedOn: day,
  period: anyText,
  state,
  dueOn: day,
  closesOn: day,
  nextAttemptAt: moment,
  outcome: orNull(disposition),
  attempts: listOf(answer({ disposition, startedAt: moment })),
  claim: orNull(answer({ by: anyText, mine: Joi.boolean(), until: moment })),
});

/** A page of calls; `nextCursor` is null on the last. */
export const followUpCallsAnswer: Joi.ObjectSchema = answer({
  calls: listOf(followUpCallAnswer),
  nextCursor: orNull(anyText),
  total: count,
  due: count,
});

/** How a call stands after an attempt. */
export const attemptAnswer: Joi.ObjectSchema = answer({
  callId: anyText,
  attemptId: anyText,
  state,
  outcome: orNull(disposition),
  nextAttemptAt: moment,
});
