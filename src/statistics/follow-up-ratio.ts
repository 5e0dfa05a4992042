import { ratio } from './proportion.ts';

/**
 * Admissions with at least one clinical follow-up: several follow-ups of one admission count once. Example: the keys
 * a, b, a → 2.
 */
export function followedUpAdmissions(admissionKeys: Iterable<string>): number {
  return new Set(admissionKeys).size;
}

/**
 * 出院患者随访比例, 0–1: admissions with at least one clinical follow-up among all discharges of the period; null without
 * discharges. A satisfaction-only call is no clinical follow-up.
 *
 * Source: indicator 21 of 改善就医感受提升患者体验评估指标 (国卫办医政函〔2023〕313号). Example: 1,200 discharges, 1,400
 * follow-ups of 1,050 admissions → 0.875, not 1.167. Throws a RangeError unless 0 ≤ followedUp ≤ discharges are whole numbers.
 */
export function followUpRatio(followedUp: number, discharges: number): number | null {
  return ratio(followedUp, discharges);
}
