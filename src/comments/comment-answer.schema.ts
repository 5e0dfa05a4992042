import Joi from 'joi';
import { answer, anyText, count, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { withholdReasons } from './comment.ts';
import { removedKinds } from './deidentification-rules.ts';

/** A decision about a comment. */
export const decisionAnswer: Joi.ObjectSchema = answer({
  state: oneOf(['released', 'withheld']),
  text: orNull(anyText),
  reason: orNull(oneOf(withholdReasons)),
  revision: count,
  decidedAt: moment,
});

const comment = {
  id: anyText,
  kind: oneOf(['comment', 'praise', 'text']),
  departmentCode: anyText,
  period: anyText,
  formId: anyText,
  patientGroup: anyText,
  receivedAt: moment,
  mayPublish: Joi.boolean(),
  text: anyText,
  decision: orNull(decisionAnswer),
  seen: count,
};

/** A page of comments. */
export const commentsAnswer: Joi.ObjectSchema = answer({
  comments: listOf(answer({ ...comment, proposal: anyText })),
  nextCursor: orNull(anyText),
});

/** One comment with what the rules would take out. */
export const commentAnswer: Joi.ObjectSchema = answer({
  ...comment,
  proposal: answer({
    text: anyText,
    parts: listOf(answer({ kind: orNull(oneOf(removedKinds)), text: anyText })),
  }),
});
