import type { SurveyResponse } from './survey-response.ts';

/** What tells one stored answer from another under the same id. */
export type StoredContent = Pick<SurveyResponse, 'fingerprint' | 'departmentCode' | 'answeredOn' | 'answers'>;

/** No content has this fingerprint: an answer whose words were erased is never taken for one that is sent again. */
export const noFingerprint = 'erased';

const choicesOf = ({ departmentCode, answeredOn, answers }: StoredContent): string =>
  JSON.stringify([departmentCode, answeredOn, answers.map(({ item, option }) => [item, option])]);

/** Whether a stored answer says what another says: by fingerprint, or where its words were erased by what was chosen, where and when. */
export function saysTheSame(stored: StoredContent, other: StoredContent): boolean {
  if (stored.fingerprint !== noFingerprint) return stored.fingerprint === other.fingerprint;
  return choicesOf(stored) === choicesOf(other);
}
