import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import { parseReportingPeriod } from '../shared/reporting-period.ts';
import type { ListWritten, WrittenPosition } from '../survey-responses/written-answer.ts';
import { commentsOf, judged } from './comment.ts';
import type { CommentState, HashWords, IsConfidential, JudgedComment } from './comment.ts';
import type { CommentDecisionStore } from './comment.store.ts';

/** What listing needs. */
export interface ListCommentsDeps {
  readonly listWritten: ListWritten;
  readonly decisions: Pick<CommentDecisionStore, 'find'>;
  readonly isConfidential: IsConfidential;
  readonly hashWords: HashWords;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Which comments: of a month, of one department or form or all, waiting or decided. */
export interface CommentQuery {
  readonly period: string;
  readonly department?: string | undefined;
  readonly form?: string | undefined;
  readonly state: 'waiting' | CommentState;
  readonly cursor?: string | undefined;
}

/** A page of comments, the newest first; `nextCursor` is null when there are no more. */
export interface CommentPage {
  readonly comments: readonly JudgedComment[];
  readonly nextCursor: string | null;
}

/** Who asks. */
export interface CommentReader {
  readonly actor: string;
  readonly requestId: string;
}

/** Lists comments for the office; the reading is audited. */
export type ListComments = (query: CommentQuery, reader: CommentReader) => Promise<CommentPage>;

const pageSize = 30;
const batchSize = 100;
const mostBatches = 20;

/**
 * A page ends with the batch that fills it, or after 2,000 answers, so that it never reads a whole year at once. Throws
 * `period_invalid` and `cursor_invalid`.
 */
export function createListComments(deps: ListCommentsDeps): ListComments {
  return async (query, { actor, requestId }) => {
    const { department: departmentCode, form: formId } = query;
    const period = parseReportingPeriod(query.period);
    const comments: JudgedComment[] = [];
    let after = query.cursor === undefined ? null : readCursor(query.cursor);
    let more = true;
    for (let batch = 0; more && batch < mostBatches && comments.length < pageSize; batch += 1) {
      const written = await deps.listWritten({ period, departmentCode, formId }, after, batchSize);
      const found = written.flatMap((answer) => commentsOf(answer, deps.isConfidential));
      const decisions = await deps.decisions.find(found.map(({ id }) => id));
      const all = judged(found, decisions, deps.hashWords);
      comments.push(...all.filter(({ decision }) => (decision?.state ?? 'waiting') === query.state));
      after = written.at(-1) ?? after;
      more = written.length === batchSize;
    }
    await deps.recordAuditEvent({
      actor,
      requestId,
      action: 'comment.list',
      subject: `comments/${period}`,
      outcome: 'succeeded',
    });
    return { comments, nextCursor: more && after ? writeCursor(after) : null };
  };
}

function writeCursor({ receivedAt, submissionId }: WrittenPosition): string {
  return `${receivedAt.getTime()}~${submissionId}`;
}

function readCursor(cursor: string): WrittenPosition {
  const [moment = '', submissionId = ''] = cursor.split('~');
  if (/^\d{1,15}$/.test(moment) && /^[\w-]{1,64}$/.test(submissionId))
    return { receivedAt: new Date(Number(moment)), submissionId };
  throw new DomainError('malformed', 'cursor_invalid', 'The cursor is not one this list gave out.');
}
