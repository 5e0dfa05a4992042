import { surveyModes } from './survey-response.ts';
import type { SurveyMode, Verification } from './survey-response.ts';

/** What every count of a month is split by. */
export interface TallySegment {
  readonly departmentCode: string;
  readonly patientGroup: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly mode: SurveyMode;
  readonly verification: Verification;
}

const verifications: readonly Verification[] = ['one-time-link', 'call', 'device', 'none'];
const separator = '|';

/**
 * The segment of a response in one string: `surgery|outpatient|outpatient|1|web|none`. Grouping a month by one stored string
 * instead of six fields halves the time of closing it.
 */
export function segmentKey(segment: TallySegment): string {
  const { departmentCode, patientGroup, formId, formVersion, mode, verification } = segment;
  const parts = [departmentCode, patientGroup, formId, formVersion, mode, verification].map(String);
  if (parts.some((part) => part.includes(separator))) throw new Error('A code may not hold a vertical bar.');
  return parts.join(separator);
}

/** The segment a key stands for. Throws on a string that `segmentKey` did not make: a lost count would be a wrong figure. */
export function parseSegmentKey(key: string): TallySegment {
  const [departmentCode, patientGroup, formId, version, modeName, verificationName] = key.split(separator);
  const mode = surveyModes.find((name) => name === modeName);
  const verification = verifications.find((name) => name === verificationName);
  const complete = departmentCode && patientGroup && formId && version && mode && verification;
  if (!complete) throw new Error('A stored response has no readable segment.');
  return { departmentCode, patientGroup, formId, formVersion: Number(version), mode, verification };
}
