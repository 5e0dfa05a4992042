import type { ReleasedComments } from '../comments/released-comments.ts';
import { hospitalCode } from '../departments/department.ts';
import { say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';

/** 患者原话 on a department's scorecard of a month. */
export interface ReleasedWordsView {
  /** How many answers they are from, or that there are too few to show any. */
  readonly basis: string;
  readonly comments: readonly { readonly kind: string; readonly text: string }[];
}

/** Complete answers of a department's own sections by patient group; a number that is hidden counts as none. */
export function heardByGroup({
  sections,
}: Pick<PresentedScorecard, 'sections'>): ReadonlyMap<string, number> {
  const heard = new Map<string, number>();
  for (const { scope, patientGroup, responses } of sections) {
    if (scope === 'own') heard.set(patientGroup, (heard.get(patientGroup) ?? 0) + (responses.complete ?? 0));
  }
  return heard;
}

/** Whether a scorecard has a place for words: a month's of a department. */
export function hasPlaceForWords({ departmentCode, sum }: PresentedScorecard): boolean {
  return sum === undefined && departmentCode !== hospitalCode;
}

/** The words with what they rest on. */
export function releasedWordsView(
  { n, minimum, comments }: ReleasedComments,
  context: ViewContext,
): ReleasedWordsView {
  const basis = n === 0 ? 'words.tooFew' : comments.length === 0 ? 'words.none' : 'words.basis';
  return {
    basis: say(context, basis, { n, minimum }),
    comments: comments.map(({ kind, text }) => ({
      text,
      kind: context.t(context.locale, `comments:is.${kind}`),
    })),
  };
}
