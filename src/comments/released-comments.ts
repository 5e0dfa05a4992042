import type { FindWritten } from '../survey-responses/written-answer.ts';
import { commentsOf, judged, submissionOf } from './comment.ts';
import type { CommentKind, HashWords, IsConfidential } from './comment.ts';
import type { CommentDecisionStore } from './comment.store.ts';

/** What reading released words needs. */
export interface ReleasedCommentsDeps {
  readonly findWritten: FindWritten;
  readonly decisions: Pick<CommentDecisionStore, 'listReleased'>;
  readonly isConfidential: IsConfidential;
  readonly hashWords: HashWords;
  /** With fewer answers of a patient group, nothing of that group is shown. */
  readonly minimum: number;
}

/** What a department reads of the words of its patients. */
export interface ReleasedComments {
  /** Answers of the patient groups whose words may be shown. */
  readonly n: number;
  /** Answers of a group from which on its words are shown. */
  readonly minimum: number;
  /** In no order that would say who came when. */
  readonly comments: readonly { readonly kind: CommentKind; readonly text: string }[];
}

/** The released words of a department and month; `heard` are its complete answers by patient group. */
export type ReadReleasedComments = (
  period: string,
  departmentCode: string,
  heard: ReadonlyMap<string, number>,
) => Promise<ReleasedComments>;

/**
 * Reads live, never from a frozen scorecard: a text that was withdrawn, and one whose words were erased or changed since, is gone
 * at once. The threshold stands above that of scores, for words tell more than a number.
 */
export function createReadReleasedComments(deps: ReleasedCommentsDeps): ReadReleasedComments {
  return async (period, departmentCode, heard) => {
    const groups = new Map([...heard].filter(([, n]) => n >= deps.minimum));
    const n = [...groups.values()].reduce((sum, count) => sum + count, 0);
    if (n === 0) return { n, minimum: deps.minimum, comments: [] };
    const released = (await deps.decisions.listReleased(period, departmentCode)).filter(({ patientGroup }) =>
      groups.has(patientGroup),
    );
    const answers = await deps.findWritten([...new Set(released.map(({ id }) => submissionOf(id)))]);
    const written = answers.flatMap((answer) => commentsOf(answer, deps.isConfidential));
    const comments = judged(written, released, deps.hashWords)
      .flatMap(({ decision }) => decision ?? [])
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap(({ kind, text }) => (text === null ? [] : [{ kind, text }]));
    return { n, minimum: deps.minimum, comments };
  };
}
