import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FindWritten } from '../survey-responses/written-answer.ts';
import { commentsOf, judged, submissionOf } from './comment.ts';
import type { Comment, HashWords, IsConfidential, JudgedComment } from './comment.ts';
import type { CommentDecisionStore } from './comment.store.ts';
import type { Deidentified } from './deidentify.ts';
import type { CommentReader } from './list-comments.ts';
import type { ProposeTexts } from './propose-text.ts';

/** What opening needs. */
export interface OpenCommentDeps {
  readonly findWritten: FindWritten;
  readonly decisions: Pick<CommentDecisionStore, 'find'>;
  readonly isConfidential: IsConfidential;
  readonly hashWords: HashWords;
  readonly proposeTexts: ProposeTexts;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** A comment as the office works on it. */
export interface OpenedComment extends JudgedComment {
  /** The words with everything the rules find marked and taken out. */
  readonly proposal: Deidentified;
  /** Whether names of staff stay in the proposal. */
  readonly keepsStaffNames: boolean;
}

/** Opens one comment; the reading is audited. */
export type OpenComment = (
  id: string,
  reader: CommentReader,
  keepStaffNames?: boolean,
) => Promise<OpenedComment>;

/** The words of a comment as they stand now. Throws `comment_not_found`, also when they were erased. */
export async function findComment(
  { findWritten, isConfidential }: Pick<OpenCommentDeps, 'findWritten' | 'isConfidential'>,
  id: string,
): Promise<Comment> {
  const answers = await findWritten([submissionOf(id)]);
  const found = answers.flatMap((answer) => commentsOf(answer, isConfidential)).find((one) => one.id === id);
  if (found) return found;
  throw new DomainError('not-found', 'comment_not_found', 'There are no such words, or they were erased.');
}

/** Builds the use case. */
export function createOpenComment(deps: OpenCommentDeps): OpenComment {
  return async (id, { actor, requestId }, keepStaffNames) => {
    const comment = await findComment(deps, id);
    const keepsStaffNames = keepStaffNames ?? comment.kind === 'praise';
    const proposal = (await deps.proposeTexts())(comment, keepsStaffNames);
    await deps.recordAuditEvent({
      actor,
      requestId,
      action: 'comment.read',
      subject: `comment/${id}`,
      outcome: 'succeeded',
    });
    const [standing] = judged([comment], await deps.decisions.find([id]), deps.hashWords);
    return { comment, decision: null, seen: 0, ...standing, proposal, keepsStaffNames };
  };
}
