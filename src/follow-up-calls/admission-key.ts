import type { BlindIndex } from '../privacy/blind-index.ts';
import type { AdmissionKeys } from './discharge.ts';
import type { Discharge } from './follow-up-call.ts';

/** What an admission is known by, in plain: 住院流水号, or 住院号 with 住院次数. */
export type AdmissionNumbers = Pick<Discharge, 'admissionNo' | 'patientNo' | 'visitNo'>;

/** 住院号 and 住院次数 in one text: `0012345` and 2 → `0012345#2`; null without both. */
export function visitText({ patientNo, visitNo }: AdmissionNumbers): string | null {
  return patientNo === undefined || visitNo === undefined ? null : `${patientNo}#${visitNo}`;
}

/** 住院号 of the text of a visit: `0012345#2` → `0012345`. */
export function patientNoIn(visit: string): string {
  return visit.slice(0, visit.lastIndexOf('#'));
}

/** The blind indexes of an admission's keys. Two kinds, and trial and live operation, never give the same index. */
export function admissionKeys(
  numbers: AdmissionNumbers,
  trial: boolean,
  blindIndex: BlindIndex,
): AdmissionKeys {
  const { admissionNo } = numbers;
  const visit = visitText(numbers);
  return {
    admission:
      admissionNo === undefined ? null : blindIndex(trial ? 'trial-admission' : 'admission', admissionNo),
    visit: visit === null ? null : blindIndex(trial ? 'trial-visit' : 'visit', visit),
  };
}

/** The keys that are there: one or two. */
export function keysOf({ admission, visit }: AdmissionKeys): readonly string[] {
  return [admission, visit].filter((key) => key !== null);
}

/** Whether two values can be of one thing: equal, or one of them never came. */
function mayBeSame(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** Whether two sets of keys, one of which is the same, can be of one admission: no other key contradicts. */
export function agree(a: AdmissionKeys, b: AdmissionKeys): boolean {
  return mayBeSame(a.admission, b.admission) && mayBeSame(a.visit, b.visit);
}
