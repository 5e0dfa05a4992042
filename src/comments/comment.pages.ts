import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import { fieldFaults } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { commentListModel, commentModel } from './comment-pages.view-model.ts';
import type { CommentPageContext, TypedDecision } from './comment-pages.view-model.ts';
import { readerOf } from './comment.routes.ts';
import type { CommentUseCases } from './comment.routes.ts';
import { commentPageQuery, commentParams, decideForm, openCommentQuery } from './comment.schema.ts';
import type { CommentQueryOfOne, DecideForm } from './comment.schema.ts';
import type { CommentQuery } from './list-comments.ts';

/** What the pages need. */
export interface CommentPagesDeps extends CommentUseCases {
  readonly guard: (action: string) => Guard;
  readonly departments: () => Promise<CommentPageContext['departments']>;
  readonly forms: CommentPageContext['forms'];
  readonly currentPeriod: () => ReportingPeriod;
  readonly formatTime: (moment: Date) => string;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

const idOf = ({ params }: Pick<RouteInput, 'params'>): string => params['id'] ?? '';

async function contextOf(deps: CommentPagesDeps, { locale }: RouteInput): Promise<CommentPageContext> {
  const { translate: t, formatTime, forms } = deps;
  return { t, locale, formatTime, forms, departments: await deps.departments() };
}

function send(
  deps: CommentPagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly path: string; readonly model: object; readonly status?: number },
): void {
  const model = { ...page.model, shell: deps.shell(input, page.path), csrfToken: input.csrfToken ?? '' };
  response
    .status(page.status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(`comments/${page.name}`, input.locale, model));
}

async function sendComment(
  deps: CommentPagesDeps,
  input: RouteInput,
  response: Response,
  shown: { readonly keep?: boolean | undefined; readonly typed?: TypedDecision; readonly status?: number },
): Promise<void> {
  const opened = await deps.openComment(idOf(input), readerOf(input), shown.keep);
  const model = commentModel(opened, shown.typed ?? null, await contextOf(deps, input));
  const path = `/office/comments/${idOf(input)}`;
  send(deps, input, response, { name: 'comment', path, model, status: shown.status ?? 200 });
}

async function decide(deps: CommentPagesDeps, input: RouteInput<DecideForm>): Promise<void> {
  const { decision, seen, text, reason } = input.body;
  if (decision === 'release') {
    await deps.decideComment({ id: idOf(input), seen, given: { text } }, readerOf(input), input.locale);
    return;
  }
  if (!reason) {
    const detail = deps.translate(input.locale, 'comments:fault.reason_missing');
    throw new DomainError('invalid', 'comment_invalid', 'There is no reason.', {
      errors: [{ pointer: '/reason', code: 'reason_missing', detail }],
    });
  }
  await deps.decideComment({ id: idOf(input), seen, given: { reason } }, readerOf(input), input.locale);
}

/** The office's pages: words of patients before any department reads them. */
export function createCommentPages(deps: CommentPagesDeps): readonly Route[] {
  const guard = deps.guard('comment.release');
  return [
    route<unknown, Partial<CommentQuery> & Pick<CommentQuery, 'state'>>({
      method: 'get',
      path: '/office/comments',
      guard,
      summary: 'Words of patients that wait for the office, and those that were decided.',
      query: commentPageQuery,
      handle: async (input, response) => {
        const query = { ...input.query, period: input.query.period ?? deps.currentPeriod() };
        const page = await deps.listComments(query, readerOf(input));
        const propose = await deps.proposeTexts();
        const context = await contextOf(deps, input);
        const { path, model } = commentListModel(
          page,
          query,
          ({ comment }) => propose(comment).text,
          context,
        );
        send(deps, input, response, { name: 'comments', path, model });
      },
    }),
    route<unknown, CommentQueryOfOne>({
      method: 'get',
      path: '/office/comments/:id',
      guard,
      summary: 'One comment: its words with what the rules found, beside the text to release.',
      params: commentParams,
      query: openCommentQuery,
      handle: async (input, response) => {
        const { names } = input.query;
        await sendComment(deps, input, response, {
          keep: names === undefined ? undefined : names === 'keep',
        });
      },
    }),
    route<DecideForm>({
      method: 'post',
      path: '/office/comments/:id',
      guard,
      summary: 'Releases or withholds a comment, and leads back to it.',
      params: commentParams,
      body: decideForm,
      handle: async (input, response) => {
        try {
          await decide(deps, input);
          response.redirect(303, `/office/comments/${idOf(input)}`);
        } catch (error) {
          const faults = fieldFaults(error, deps.translate, input.locale);
          const { text, reason = '' } = input.body;
          const status = error instanceof DomainError && error.kind === 'conflict' ? 409 : 422;
          await sendComment(deps, input, response, { typed: { text, reason, faults }, status });
        }
      },
    }),
  ];
}
