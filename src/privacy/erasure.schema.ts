import Joi from 'joi';
import type { GivenPerson } from '../follow-up-calls/given-person.ts';
import { silenceKinds } from '../follow-up-calls/silence.ts';
import type { SilenceKind } from '../follow-up-calls/silence.ts';
import { answer, anyText, count, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import type { ErasureRequest } from './erase-person.ts';
import { askers, erasureReasons } from './erasure.ts';
import type { PersonSearch } from './erasure.ts';

const number = Joi.string().trim().max(64).empty('');
const answerId = Joi.string()
  .max(64)
  .pattern(/^[\w-]+$/);
/** Names and numbers, as they may stand in texts. */
const words = Joi.array().items(Joi.string().trim().max(64)).max(10).default([]);
const id = Joi.string().guid({ separator: '-', wrapper: false }).lowercase();

/** Numbers to look for a person by, an answer, and what to look for in texts; what does not apply is left out. */
export const personSearchBody = Joi.object<PersonSearch>({
  admissionNo: number,
  patientNo: number,
  phone: number,
  submissionId: answerId.empty(''),
  words,
});

const ids = Joi.array().items(Joi.string().max(100)).max(200).unique().default([]);

/** A request to erase. */
export const erasureBody = Joi.object<ErasureRequest>({
  id: id.required(),
  dischargeIds: ids,
  contactIds: ids,
  submissionIds: Joi.array().items(answerId).max(200).unique().default([]),
  words,
  askedBy: Joi.string()
    .valid(...askers)
    .required(),
  reason: Joi.string()
    .valid(...erasureReasons)
    .required(),
});

/** Path of one receipt. */
export const erasureParams = Joi.object({ id: id.required() });

/** A silence: of which stay's person, or of whom as he tells of himself, and why. */
export interface SilenceBody {
  readonly dischargeId?: string;
  readonly person?: GivenPerson;
  readonly kind: SilenceKind;
}

/** Body of a silence. */
export const silenceBody = Joi.object<SilenceBody>({
  dischargeId: Joi.string().max(100),
  person: Joi.object({ name: number, phone: number, patientNo: number }),
  kind: Joi.string()
    .valid(...silenceKinds)
    .required(),
}).xor('dischargeId', 'person');

/** Path of a silence: a stay of its person. */
export const silenceParams = Joi.object({ dischargeId: Joi.string().max(100).required() });

/** What is held of a person. */
export const heldAnswer: Joi.ObjectSchema = answer({
  discharges: listOf(
    answer({
      id: anyText,
      departmentCode: anyText,
      dischargedOn: anyText,
      trial: Joi.boolean(),
      maskedName: anyText,
      calls: count,
      openCalls: count,
      notes: count,
      silence: orNull(oneOf(silenceKinds)),
    }),
  ),
  contacts: listOf(answer({ id: anyText, receivedAt: moment })),
  answers: listOf(answer({ submissionId: anyText, departmentCode: anyText, receivedAt: moment })),
  texts: count,
});

/** A receipt. */
export const receiptAnswer: Joi.ObjectSchema = answer({
  id: anyText,
  number: anyText,
  requestedAt: moment,
  requestedBy: anyText,
  askedBy: oneOf(askers),
  reason: oneOf(erasureReasons),
  counts: answer({
    discharges: count,
    callsClosed: count,
    notes: count,
    contacts: count,
    namedAnswers: count,
    texts: count,
  }),
  byWords: Joi.boolean(),
  completedAt: orNull(moment),
  backupsGoneBy: moment,
});
