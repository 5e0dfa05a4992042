import Joi from 'joi';
import { answer, anyText, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { redFlagOutcomes } from './red-flag.ts';
import type { RedFlagOutcome } from './red-flag.ts';
import { silenceKinds } from './silence.ts';

const id = Joi.string()
  .pattern(/^[\w:.-]+$/)
  .max(100);

/** Path of one red flag. */
export const redFlagParams = Joi.object({ callId: id.required(), attemptId: id.required() });

/** Whom a red flag is taken over from; nobody when it is nobody's. */
export interface TakeBody {
  readonly _csrf?: string;
  readonly from?: string;
}
/** Body of taking one on. */
export const takeBody = Joi.object<TakeBody>({ from: id });
/** The same as a form. */
export const takeForm = Joi.object<TakeBody>({ _csrf: Joi.string().max(500), from: id.empty('') });

/** What came of a red flag. */
export interface SettleBody {
  readonly outcome: RedFlagOutcome;
}
const outcome = Joi.string().valid(...redFlagOutcomes);
/** Body of settling one. */
export const settleBody = Joi.object<SettleBody>({ outcome: outcome.required() });

/** The form that settles one; nothing chosen is a fault the page shows. */
export interface SettleForm {
  readonly _csrf?: string;
  readonly outcome?: RedFlagOutcome;
}
/** Nothing chosen may come. */
export const settleForm = Joi.object<SettleForm>({ _csrf: Joi.string().max(500), outcome });

/** What the list may be told in its address. */
export const redFlagsQuery = Joi.object({ notice: Joi.string().valid('settled', 'not-yours') });

/** One red flag. */
export const redFlagAnswer: Joi.ObjectSchema = answer({
  callId: anyText,
  attemptId: anyText,
  departmentCode: anyText,
  raisedBy: anyText,
  raisedAt: moment,
  state: oneOf(['open', 'taken', 'settled']),
  takenBy: orNull(anyText),
  takenByName: orNull(anyText),
  takenAt: orNull(moment),
  outcome: orNull(oneOf(redFlagOutcomes)),
  settledAt: orNull(moment),
});

const silence = orNull(oneOf(silenceKinds));

/** Answer of the list. */
export const redFlagsAnswer: Joi.ObjectSchema = answer({
  redFlags: listOf(redFlagAnswer.keys({ silence: silence.required() })),
});

/** Who is to be called. */
export const redFlagPatientAnswer: Joi.ObjectSchema = answer({
  patientName: anyText,
  phone: orNull(anyText),
  contactPhone: orNull(anyText),
  silence,
});
