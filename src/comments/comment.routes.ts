import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { CommentDecision, JudgedComment } from './comment.ts';
import { commentAnswer, commentsAnswer, decisionAnswer } from './comment-answer.schema.ts';
import {
  commentListQuery,
  commentParams,
  openCommentQuery,
  releaseBody,
  withholdBody,
} from './comment.schema.ts';
import type { CommentQueryOfOne, ReleaseBody, WithholdBody } from './comment.schema.ts';
import type { DecideComment } from './decide-comment.ts';
import type { CommentQuery, CommentReader, ListComments } from './list-comments.ts';
import type { OpenComment } from './open-comment.ts';
import type { ProposeTexts } from './propose-text.ts';

/** The use cases behind routes and pages. */
export interface CommentUseCases {
  readonly listComments: ListComments;
  readonly openComment: OpenComment;
  readonly decideComment: DecideComment;
  readonly proposeTexts: ProposeTexts;
}

/** What the routes need. */
export interface CommentRoutesDeps extends CommentUseCases {
  readonly guard: (action: string) => Guard;
}

/** Who asks. */
export const readerOf = ({
  principal,
  requestId,
}: Pick<RouteInput, 'principal' | 'requestId'>): CommentReader => ({
  actor: principal?.accountId ?? 'anonymous',
  requestId,
});

function decisionView({ state, text, reason, revision, decidedAt }: CommentDecision): object {
  return { state, text, reason, revision, decidedAt };
}

function commentView({ comment, decision, seen }: JudgedComment, proposal: unknown): object {
  const { submissionId: _submissionId, formVersion: _formVersion, ...shown } = comment;
  return { ...shown, decision: decision && decisionView(decision), seen, proposal };
}

function createReadingRoutes(deps: CommentRoutesDeps, guard: Guard): readonly Route[] {
  return [
    route<unknown, CommentQuery>({
      method: 'get',
      path: '/api/v1/comments',
      guard,
      summary:
        'Words of patients of a month, waiting for the office or decided, the newest first, each with the de-identified proposal.',
      query: commentListQuery,
      responses: { 200: commentsAnswer },
      handle: async (input, response) => {
        const { comments, nextCursor } = await deps.listComments(input.query, readerOf(input));
        const propose = await deps.proposeTexts();
        const listed = comments.map((one) => commentView(one, propose(one.comment).text));
        response.set('Cache-Control', 'no-store').json({ comments: listed, nextCursor });
      },
    }),
    route<unknown, CommentQueryOfOne>({
      method: 'get',
      path: '/api/v1/comments/:id',
      guard,
      summary: 'One comment, and what the rules would take out of it.',
      params: commentParams,
      query: openCommentQuery,
      responses: { 200: commentAnswer },
      handle: async (input, response) => {
        const { names } = input.query;
        const keep = names === undefined ? undefined : names === 'keep';
        const opened = await deps.openComment(input.params['id'] ?? '', readerOf(input), keep);
        const { text, parts } = opened.proposal;
        response.set('Cache-Control', 'no-store').json(commentView(opened, { text, parts }));
      },
    }),
  ];
}

/** The API of the office's work on comments. */
export function createCommentRoutes(deps: CommentRoutesDeps): readonly Route[] {
  const guard = deps.guard('comment.release');
  return [
    ...createReadingRoutes(deps, guard),
    route<ReleaseBody>({
      method: 'post',
      path: '/api/v1/comments/:id/release',
      guard,
      summary: 'Releases a text to the department, first or changed; `seen` is what the comment says.',
      params: commentParams,
      body: releaseBody,
      responses: { 200: decisionAnswer },
      handle: async (input, response) => {
        const { seen, text } = input.body;
        const verdict = { id: input.params['id'] ?? '', seen, given: { text } };
        response.json(decisionView(await deps.decideComment(verdict, readerOf(input), input.locale)));
      },
    }),
    route<WithholdBody>({
      method: 'post',
      path: '/api/v1/comments/:id/withhold',
      guard,
      summary: 'Withholds a comment from the department, also one that was released.',
      params: commentParams,
      body: withholdBody,
      responses: { 200: decisionAnswer },
      handle: async (input, response) => {
        const { seen, reason } = input.body;
        const verdict = { id: input.params['id'] ?? '', seen, given: { reason } };
        response.json(decisionView(await deps.decideComment(verdict, readerOf(input), input.locale)));
      },
    }),
  ];
}
