import { describe, expect, test } from '@jest/globals';
import { twoProportionPValue } from '../../src/statistics/newcombe.ts';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import type { Answers } from '../support/scorecard-month.ts';
import { catalogue, tallyOf, words } from '../support/scorecard-month.ts';

function cardOf(answers: readonly Answers[], previous: Scorecard | null = null): Scorecard {
  const [card] = buildScorecards({
    period: '2026-10',
    revision: 1,
    cutoffAt: new Date('2026-11-13T00:00:00Z'),
    tally: tallyOf(answers),
    calls: [],
    departments: [{ code: 'cardiology', name: words('Cardiology') }],
    hospitalName: words('Hospital'),
    catalogue,
    previous: new Map(previous ? [['cardiology', previous]] : []),
  });
  if (!card) throw new Error('There is no card.');
  return card;
}

/** `very` of `n` for the items attitude, waiting, clear and overall. */
function rates(n: number, very: Readonly<Record<string, number>>): readonly Answers[] {
  return Object.entries(very).flatMap(([code, x]) => [
    { count: x, chosen: { [code]: 'very' } },
    { count: n - x, chosen: { [code]: 'poor' } },
  ]);
}

const byPhone = (count: number): Answers => ({ count, mode: 'phone', chosen: { attitude: 'very' } });

const changeOf = (card: Scorecard, code: string) =>
  card.sections[0]?.items.find((item) => item.code === code);

describe('the change against the month before', () => {
  test('one item that Newcombe alone would call changed is noise among four: Holm covers the whole card', () => {
    // 90 of 100 against 80 of 100: p = 0.0497 (domain 3.2: interval 0.0001 to 0.1995). Times 4 tests: 0.199.
    const before = cardOf(rates(100, { attitude: 80, waiting: 80, clear: 80, overall: 80 }));

    const card = cardOf(rates(100, { attitude: 90, waiting: 80, clear: 80, overall: 80 }), before);

    const change = changeOf(card, 'attitude')?.change;
    expect(change?.low).toBeCloseTo(0.0001, 3);
    expect(change?.adjustedP).toBeCloseTo(
      4 * (twoProportionPValue({ x: 90, n: 100 }, { x: 80, n: 100 }) ?? 0),
      10,
    );
    expect(change?.significant).toBe(false);
    expect(card.verdict).toBe('no-change');
  });

  test('the same change is significant when it is the card’s only test', () => {
    const before = cardOf(rates(100, { attitude: 80 }));

    const card = cardOf(rates(100, { attitude: 90 }), before);

    expect(changeOf(card, 'attitude')?.change).toMatchObject({ significant: true });
    expect(card.verdict).toBe('better');
  });

  test('some better and some worse is mixed, and only worse is worse', () => {
    const before = cardOf(rates(200, { attitude: 120, waiting: 180 }));

    expect(cardOf(rates(200, { attitude: 180, waiting: 120 }), before).verdict).toBe('mixed');
    expect(cardOf(rates(200, { attitude: 120, waiting: 120 }), before).verdict).toBe('worse');
  });

  test('without a month before nothing is compared', () => {
    const card = cardOf(rates(100, { attitude: 80 }));

    expect(changeOf(card, 'attitude')).toMatchObject({ change: null, noChangeReason: 'no-previous-month' });
    expect(card.verdict).toBe('not-comparable');
  });

  test('months answered by other modes are not compared; four answers by a new mode do not matter', () => {
    const before = cardOf(rates(100, { attitude: 80 }));

    const changed = cardOf([...rates(100, { attitude: 99 }), byPhone(5)], before);
    const same = cardOf([...rates(100, { attitude: 99 }), byPhone(4)], before);

    expect(changeOf(changed, 'attitude')).toMatchObject({ change: null, noChangeReason: 'modes-changed' });
    expect(changed.verdict).toBe('not-comparable');
    expect(same.verdict).toBe('better');
  });

  test('29 answers in either month are too few for a test, 30 in both are enough', () => {
    const before29 = cardOf(rates(29, { attitude: 10 }));
    const before30 = cardOf(rates(30, { attitude: 10 }));

    expect(changeOf(cardOf(rates(30, { attitude: 29 }), before29), 'attitude')?.noChangeReason).toBe(
      'too-few-answers',
    );
    expect(cardOf(rates(29, { attitude: 29 }), before30).verdict).toBe('too-few');
    expect(cardOf(rates(30, { attitude: 29 }), before30).verdict).toBe('better');
  });

  test('a department nobody spoke of has no data', () => {
    expect(cardOf([]).verdict).toBe('no-data');
  });
});
