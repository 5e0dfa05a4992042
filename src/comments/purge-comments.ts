import type { FindWritten } from '../survey-responses/written-answer.ts';
import { commentsOf, judged, submissionOf } from './comment.ts';
import type { HashWords, IsConfidential } from './comment.ts';
import type { CommentDecisionStore } from './comment.store.ts';

/** What purging needs. */
export interface PurgeCommentsDeps {
  readonly decisions: Pick<CommentDecisionStore, 'listAfter' | 'erase'>;
  readonly findWritten: FindWritten;
  readonly isConfidential: IsConfidential;
  readonly hashWords: HashWords;
}

const batchSize = 500;

/** Erases decisions, and the texts in them, whose words were erased or changed in their answer. Safe to repeat; resolves to how many. */
export function createPurgeComments(deps: PurgeCommentsDeps): () => Promise<number> {
  return async () => {
    let erased = 0;
    let page = await deps.decisions.listAfter('', batchSize);
    while (page.length > 0) {
      const answers = await deps.findWritten([...new Set(page.map(({ id }) => submissionOf(id)))]);
      const written = answers.flatMap((answer) => commentsOf(answer, deps.isConfidential));
      const standing = judged(written, page, deps.hashWords).flatMap(({ decision }) => decision ?? []);
      const kept = new Set(standing.map(({ id }) => id));
      const gone = page.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
      if (gone.length > 0) erased += await deps.decisions.erase(gone);
      page = await deps.decisions.listAfter(page.at(-1)?.id ?? '', batchSize);
    }
    return erased;
  };
}
