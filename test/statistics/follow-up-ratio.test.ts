import { describe, expect, test } from '@jest/globals';
import { followedUpAdmissions, followUpRatio } from '../../src/statistics/follow-up-ratio.ts';

describe('followUpRatio', () => {
  // 改善就医感受提升患者体验评估操作手册 (国卫办医政函〔2023〕313号), indicator 21: several follow-ups of one admission count once.
  test('1,400 follow-ups of 1,050 admissions among 1,200 discharges are 87.5 %, not 116.7 %', () => {
    const followUps = Array.from({ length: 1400 }, (_, index) => `admission-${index % 1050}`);

    expect(followUpRatio(followedUpAdmissions(followUps), 1200)).toBe(0.875);
  });

  test('without discharges is no value', () => {
    expect(followUpRatio(0, 0)).toBeNull();
  });

  test('refuses more admissions than discharges', () => {
    expect(() => followUpRatio(1400, 1200)).toThrow(RangeError);
  });
});
