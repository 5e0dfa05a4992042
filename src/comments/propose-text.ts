import type { Comment } from './comment.ts';
import type { DeidentificationRules, RemovedKind } from './deidentification-rules.ts';
import { createDeidentify } from './deidentify.ts';
import type { Deidentified } from './deidentify.ts';

/** What proposing needs. */
export interface ProposeTextDeps {
  readonly rules: DeidentificationRules;
  /** Full names of the staff register, also of those who have left. */
  readonly staffNames: () => Promise<readonly string[]>;
}

/** Makes proposals for some comments; the register is read once for all of them. */
export type ProposeTexts = () => Promise<
  (comment: Pick<Comment, 'kind' | 'text'>, keepStaffNames?: boolean) => Deidentified
>;

/** Names of staff stay in praise, and elsewhere when the office says that it is praise. */
export function createProposeTexts(deps: ProposeTextDeps): ProposeTexts {
  return async () => {
    const names = await deps.staffNames();
    const kept = createDeidentify(deps.rules, { names, keep: true });
    const taken = createDeidentify(deps.rules, { names, keep: false });
    return ({ kind, text }, keepStaffNames = kind === 'praise') => (keepStaffNames ? kept : taken)(text);
  };
}

const neverReleased: ReadonlySet<RemovedKind> = new Set([
  'phone',
  'idNumber',
  'recordNumber',
  'account',
  'email',
]);

/** The kinds of numbers in a text that no department may ever read, whoever typed them. */
export function forbiddenKinds(text: string, rules: DeidentificationRules): readonly RemovedKind[] {
  const { parts } = createDeidentify(rules, { names: [], keep: true })(text);
  return [...new Set(parts.flatMap(({ kind }) => (kind !== null && neverReleased.has(kind) ? [kind] : [])))];
}
