import { describe, expect, test } from '@jest/globals';
import {
  dispositionCodes,
  dispositionGroups,
  dispositionsOf,
  ruleOf,
} from '../../src/follow-up-calls/disposition.ts';
import { isFinal, outcomeClassOf, standingOutcome } from '../../src/follow-up-calls/outcome.ts';
import type { AttemptResult } from '../../src/follow-up-calls/outcome.ts';
import { outcomeRates } from '../../src/statistics/outcome-rates.ts';

const attempts = (...codes: readonly AttemptResult['disposition'][]): AttemptResult[] =>
  codes.map((disposition, index) => ({ disposition, on: `2026-11-0${index + 1}` }));

describe('拨打结果', () => {
  // AAPOR Standard Definitions, 9th edition, 2016, telephone table.
  test.each([
    ['complete', '1.1', 'I'],
    ['partial', '1.2', 'P'],
    ['refusal-patient', '2.112', 'R'],
    ['refusal-family', '2.111', 'R'],
    ['break-off', '2.12', 'R'],
    ['patient-absent', '2.21', 'NC'],
    ['busy', '3.12', 'NC'],
    ['voicemail', '2.22', 'NC'],
    ['deceased', '2.31', 'O'],
    ['unable', '2.32', 'O'],
    ['language', '2.33', 'O'],
    ['inconvenient', '2.35', 'O'],
    ['not-our-patient', '4.1', 'NE'],
  ] as const)('%s is AAPOR %s in class %s', (code, aapor, outcomeClass) => {
    expect(ruleOf(code)).toMatchObject({ aapor, outcomeClass });
  });

  test('every one stands under exactly one heading', () => {
    expect(dispositionGroups.flatMap(dispositionsOf).toSorted()).toEqual(dispositionCodes.toSorted());
  });

  test('a dead number is non-contact: 40 of them leave RR1 of 1,200 discharges at 63.64 %, not 66.04 %', () => {
    const bad = ruleOf('bad-number').outcomeClass;
    const counts = { I: 700, P: 30, R: 60, NC: 210, O: 60, NE: 100 };

    const rates = outcomeRates({ ...counts, NC: counts.NC + (bad === 'NC' ? 40 : 0) });

    expect(rates.RR1).toBeCloseTo(0.6364, 4);
  });
});

describe('what stands for a call', () => {
  test('nothing before the first attempt, which counts as non-contact', () => {
    expect(standingOutcome([])).toBeNull();
    expect(outcomeClassOf(null)).toBe('NC');
  });

  test('the attempt that ended it beats whatever was more informative', () => {
    expect(standingOutcome(attempts('break-off', 'not-our-patient'))).toBe('not-our-patient');
    expect(standingOutcome(attempts('break-off', 'deceased'))).toBe('deceased');
  });

  test('otherwise the most informative, and the later of equals', () => {
    expect(standingOutcome(attempts('no-answer', 'call-back', 'busy'))).toBe('call-back');
    expect(standingOutcome(attempts('call-back', 'break-off', 'no-answer'))).toBe('break-off');
    expect(standingOutcome(attempts('busy', 'no-answer'))).toBe('no-answer');
  });

  test.each(['break-off', 'bad-number', 'language'] as const)(
    '%s ends a call on the second day only',
    (code) => {
      expect(isFinal(attempts(code))).toBe(false);
      expect(isFinal([...attempts(code), ...attempts(code)])).toBe(false);
      expect(isFinal(attempts(code, code))).toBe(true);
      expect(isFinal(attempts(code, 'no-answer'))).toBe(false);
    },
  );
});
