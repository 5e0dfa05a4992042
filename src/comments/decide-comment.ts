import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { cleanText, hasIllegalCharacters, maxTextLength, textLength } from '../survey-forms/answer-text.ts';
import type { CommentDecision, WithholdReason } from './comment.ts';
import type { CommentDecisionStore } from './comment.store.ts';
import type { DeidentificationRules } from './deidentification-rules.ts';
import type { CommentReader } from './list-comments.ts';
import { findComment } from './open-comment.ts';
import type { OpenCommentDeps } from './open-comment.ts';
import { forbiddenKinds } from './propose-text.ts';

/** What deciding needs. */
export interface DecideCommentDeps extends Pick<
  OpenCommentDeps,
  'findWritten' | 'isConfidential' | 'hashWords'
> {
  readonly decisions: Pick<CommentDecisionStore, 'find' | 'decide'>;
  readonly rules: DeidentificationRules;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly translate: Translate;
}

/** What somebody decides. */
export interface CommentVerdict {
  readonly id: string;
  /** Revision of the decision that was on the screen; 0 when there was none. */
  readonly seen: number;
  /** The text to release, or why nothing is. */
  readonly given: { readonly text: string } | { readonly reason: WithholdReason };
}

/** Decides about a comment, first or anew. */
export type DecideComment = (
  verdict: CommentVerdict,
  reader: CommentReader,
  locale: Locale,
) => Promise<CommentDecision>;

/**
 * Releases or withholds. Of two people who had the same page, the first wins: the other gets `comment_decided` (conflict), and
 * the same decision once more is harmless. A text with a telephone or identity number and the like is never released
 * (`comment_invalid`), whoever typed it. Throws `comment_not_found` when the words are gone.
 */
export function createDecideComment(deps: DecideCommentDeps): DecideComment {
  return async ({ id, seen, given }, { actor, requestId }, locale) => {
    const { departmentCode, period, patientGroup, kind, text: words } = await findComment(deps, id);
    const text = 'text' in given ? checkedText(deps, given.text, locale) : null;
    const decision: CommentDecision = {
      id,
      departmentCode,
      period,
      patientGroup,
      kind,
      state: text === null ? 'withheld' : 'released',
      text,
      reason: 'reason' in given ? given.reason : null,
      wordsHash: deps.hashWords(words),
      revision: seen + 1,
      decidedBy: actor,
      decidedAt: deps.clock.now(),
    };
    if (!(await deps.decisions.decide(decision))) {
      const [standing] = await deps.decisions.find([id]);
      if (standing && isSame(standing, decision)) return standing;
      throw new DomainError('conflict', 'comment_decided', 'Somebody has decided about it meanwhile.');
    }
    const action = text === null ? 'comment.withhold' : 'comment.release';
    await deps.recordAuditEvent({ actor, requestId, action, subject: `comment/${id}`, outcome: 'succeeded' });
    return decision;
  };
}

function isSame(a: CommentDecision, b: CommentDecision): boolean {
  const fields = ['state', 'text', 'reason', 'revision', 'decidedBy'] as const;
  return fields.every((field) => a[field] === b[field]);
}

function checkedText({ rules, translate }: DecideCommentDeps, given: string, locale: Locale): string {
  const text = cleanText(given);
  const fault = (code: string, kinds = ''): DomainError =>
    new DomainError('invalid', 'comment_invalid', 'The text cannot be released as it is.', {
      errors: [
        {
          pointer: '/text',
          code,
          detail: translate(locale, `comments:fault.${code}`, { kinds, max: maxTextLength }),
        },
      ],
    });
  if (text === null) throw fault('text_empty');
  if (hasIllegalCharacters(text)) throw fault('text_unreadable');
  if (textLength(text) > maxTextLength) throw fault('text_too_long');
  const kinds = forbiddenKinds(text, rules).map((kind) => translate(locale, `comments:kind.${kind}`));
  if (kinds.length > 0) throw fault('text_identifies', kinds.join(locale === 'en' ? ', ' : '、'));
  return text;
}
