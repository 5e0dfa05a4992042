import Joi from 'joi';
import { maxTextLength } from '../survey-forms/answer-text.ts';
import { withholdReasons } from './comment.ts';
import type { WithholdReason } from './comment.ts';
import type { CommentQuery } from './list-comments.ts';

const text = Joi.string()
  .allow('')
  .max(maxTextLength * 4)
  .required();
const reason = Joi.string()
  .valid(...withholdReasons)
  .required();
const seen = Joi.number().integer().min(0).max(1_000_000).required();

const list = {
  period: Joi.string().max(20).empty(''),
  department: Joi.string().max(64).empty(''),
  form: Joi.string().max(64).empty(''),
  state: Joi.string().valid('waiting', 'released', 'withheld').default('waiting'),
  cursor: Joi.string().max(120).empty(''),
};

/** Query of the API's list. */
export const commentListQuery = Joi.object<CommentQuery>({ ...list, period: list.period.required() });

/** Query of the office's list: without a month it shows the present one. */
export const commentPageQuery = Joi.object(list);

/** Path of one comment. */
export const commentParams = Joi.object({
  id: Joi.string()
    .pattern(/^[\w-]{1,64}\.(comment|praise|text\.[a-z0-9][a-z0-9-]{0,63})$/)
    .required(),
});

/** Query of one comment's page. */
export interface CommentQueryOfOne {
  /** `keep` when the office says that it is praise: names of staff stay. */
  readonly names?: 'keep' | 'remove';
}

/** Whether names of staff stay in the proposal. */
export const openCommentQuery = Joi.object<CommentQueryOfOne>({
  names: Joi.string().valid('keep', 'remove').empty(''),
});

/** What releases a text. */
export interface ReleaseBody {
  readonly seen: number;
  readonly text: string;
}

/** What withholds. */
export interface WithholdBody {
  readonly seen: number;
  readonly reason: WithholdReason;
}

/** Body of releasing by the API. */
export const releaseBody = Joi.object<ReleaseBody>({ seen, text });

/** Body of withholding by the API. */
export const withholdBody = Joi.object<WithholdBody>({ seen, reason });

/** The form of one comment: one button releases, the other withholds. */
export interface DecideForm {
  readonly _csrf?: string;
  readonly decision: 'release' | 'withhold';
  readonly seen: number;
  readonly text: string;
  readonly reason?: WithholdReason | '';
}

/** The office's form. */
export const decideForm = Joi.object<DecideForm>({
  _csrf: Joi.string().max(500),
  decision: Joi.string().valid('release', 'withhold').required(),
  seen,
  // No limit of its own: the page keeps what was typed and says what is too long.
  text: Joi.string().allow('').required(),
  reason: Joi.string()
    .allow('')
    .valid(...withholdReasons),
});
