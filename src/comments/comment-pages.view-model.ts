import type { FormChoice, FieldFault } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { addMonths } from '../shared/reporting-period.ts';
import { withholdReasons } from './comment.ts';
import type { JudgedComment } from './comment.ts';
import type { CommentPage, CommentQuery } from './list-comments.ts';
import type { OpenedComment } from './open-comment.ts';

/** What the office's pages are made with. */
export interface CommentPageContext {
  readonly t: Translate;
  readonly locale: Locale;
  readonly formatTime: (moment: Date) => string;
  readonly departments: readonly { readonly code: string; readonly name: LocalizedText }[];
  readonly forms: readonly { readonly id: string; readonly title: LocalizedText }[];
}

const listPath = '/office/comments';

function nameOf({ departments, locale }: CommentPageContext, code: string): string {
  const department = departments.find((one) => one.code === code);
  return department ? textIn(department.name, locale) : code;
}

function addressOf(query: Partial<CommentQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
  return `${listPath}?${parameters.toString()}`;
}

function lineOf({ comment, decision }: JudgedComment, proposal: string, context: CommentPageContext): object {
  const { t, locale } = context;
  return {
    href: `${listPath}/${comment.id}`,
    department: nameOf(context, comment.departmentCode),
    kind: t(locale, `comments:is.${comment.kind}`),
    received: context.formatTime(comment.receivedAt),
    mayPublish: comment.mayPublish,
    text: decision?.text ?? proposal,
    reason: decision?.reason ? t(locale, `comments:reason.${decision.reason}`) : null,
  };
}

function choice(value: string, label: string, chosen: string | undefined): FormChoice {
  return { value, label, selected: value === (chosen ?? '') };
}

/** The office's list: what waits or was decided, with its choices. Words stand in it as the rules leave them. */
export function commentListModel(
  page: CommentPage,
  query: CommentQuery,
  proposalOf: (one: JudgedComment) => string,
  context: CommentPageContext,
): { readonly path: string; readonly model: object } {
  const { t, locale, departments, forms } = context;
  const { cursor: _cursor, ...filter } = query;
  const months = Array.from({ length: 13 }, (_, back) => addMonths(query.period, -back));
  const model = {
    period: query.period,
    comments: page.comments.map((one) => lineOf(one, proposalOf(one), context)),
    moreHref: page.nextCursor === null ? null : addressOf({ ...filter, cursor: page.nextCursor }),
    months: [addMonths(query.period, 1), ...months].map((month) => choice(month, month, query.period)),
    departments: [
      choice('', t(locale, 'comments:all'), query.department),
      ...departments.map(({ code, name }) => choice(code, textIn(name, locale), query.department)),
    ],
    forms: [
      choice('', t(locale, 'comments:all'), query.form),
      ...forms.map(({ id, title }) => choice(id, textIn(title, locale), query.form)),
    ],
    states: (['waiting', 'released', 'withheld'] as const).map((state) =>
      choice(state, t(locale, `comments:state.${state}`), query.state),
    ),
  };
  return { path: addressOf(filter), model };
}

/** What was typed into the form of one comment, and what is wrong with it. */
export interface TypedDecision {
  readonly text: string;
  readonly reason: string;
  readonly faults: readonly FieldFault[];
}

function decisionModel(
  { decision }: Pick<OpenedComment, 'decision'>,
  { t, locale, formatTime }: CommentPageContext,
): object | null {
  if (!decision) return null;
  const { state, text, reason, decidedAt } = decision;
  return {
    state: t(locale, `comments:state.${state}`),
    at: formatTime(decidedAt),
    released: state === 'released',
    text,
    reason: reason && t(locale, `comments:reason.${reason}`),
  };
}

/** What stands in the form: what was typed, else what was decided, else what the rules propose. */
function formModel(
  { decision, seen, proposal }: OpenedComment,
  typed: TypedDecision | null,
  { t, locale }: CommentPageContext,
): object {
  const standing = { text: decision?.text ?? proposal.text, reason: decision?.reason ?? '', faults: [] };
  const { text, reason, faults } = typed ?? standing;
  const faultOf = (field: string): string | null => faults.find((one) => one.field === field)?.text ?? null;
  return {
    seen,
    text,
    reasons: withholdReasons.map((value) => choice(value, t(locale, `comments:reason.${value}`), reason)),
    errors: faults,
    textFault: faultOf('text'),
    reasonFault: faultOf('reason'),
  };
}

/** One comment: its words with what the rules found, the text to release, and what was decided. */
export function commentModel(
  opened: OpenedComment,
  typed: TypedDecision | null,
  context: CommentPageContext,
): object {
  const { t, locale } = context;
  const { comment, proposal, keepsStaffNames } = opened;
  return {
    id: comment.id,
    department: nameOf(context, comment.departmentCode),
    kind: t(locale, `comments:is.${comment.kind}`),
    received: context.formatTime(comment.receivedAt),
    mayPublish: comment.mayPublish,
    listHref: addressOf({ period: comment.period }),
    eraseHref: `/office/erasure?submissionId=${comment.submissionId}`,
    parts: proposal.parts.map(({ kind, text }) => {
      return { text, kind: kind === null ? null : t(locale, `comments:kind.${kind}`) };
    }),
    namesHref: `${listPath}/${comment.id}?names=${keepsStaffNames ? 'remove' : 'keep'}`,
    keepsStaffNames,
    decision: decisionModel(opened, context),
    ...formModel(opened, typed, context),
  };
}
