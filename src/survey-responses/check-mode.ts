import { DomainError } from '../shared/domain-error.ts';
import type { SurveyMode } from './survey-response.ts';

/** What is known of whoever enters an answer. Asked only for modes that staff enter. */
export interface EntryRights {
  readonly mayEnter: () => boolean;
  readonly csrfValid: () => boolean;
}

/**
 * Lets everybody answer by `web`; the modes that staff enter need the right for the department and, as the session stands in
 * a cookie, its token. Throws `mode_not_allowed` (invalid for `phone`, which comes through a call; else forbidden) or
 * `csrf_token_invalid` (forbidden).
 */
export function checkMode(mode: SurveyMode, rights: EntryRights): void {
  if (mode === 'web') return;
  if (mode === 'phone') {
    throw new DomainError('invalid', 'mode_not_allowed', 'Answers by phone come through a follow-up call.');
  }
  if (!rights.mayEnter()) {
    throw new DomainError('forbidden', 'mode_not_allowed', 'Only staff with the right enter answers so.');
  }
  if (!rights.csrfValid()) {
    throw new DomainError('forbidden', 'csrf_token_invalid', 'The page is too old. Please reload it.');
  }
}
