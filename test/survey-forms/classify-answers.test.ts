import { describe, expect, test } from '@jest/globals';
import { cleanText } from '../../src/survey-forms/answer-text.ts';
import { classifyAnswers } from '../../src/survey-forms/classify-answers.ts';
import { itemFigures } from '../../src/statistics/item-score.ts';
import { formFile, formOf, inAll, itemFile, overallItem, formWithWords, withItem } from './support.ts';

const form = formWithWords();

describe('classifying answers', () => {
  test('keeps the confidential answer apart from those a scorecard counts', () => {
    const { answers, confidentialAnswers } = classifyAnswers(form, {
      'red-packet': 'yes',
      overall: 'satisfied',
    });

    expect(answers).toEqual([{ item: 'overall', option: 'satisfied' }]);
    expect(confidentialAnswers).toEqual([{ item: 'red-packet', option: 'yes' }]);
  });

  test('names the parts with a valid answer, sorted, with whose they are; N/A and confidential answers make none', () => {
    const { validDimensions } = classifyAnswers(form, {
      'red-packet': 'no',
      'medicine-advice': 'not-applicable',
      toilet: 'clean',
      respect: 'fully',
      overall: 'satisfied',
    });

    expect(validDimensions).toEqual(['ethics', 'overall', 'service@logistics']);
  });

  test('cleans words and leaves blank ones out', () => {
    expect(classifyAnswers(form, { overall: 'neutral', praise: ' 王医生\r\n谢谢 ' }).texts).toEqual([
      { item: 'praise', text: '王医生\n谢谢' },
    ]);
    expect(classifyAnswers(form, { overall: 'neutral', praise: ' \r\n ' }).texts).toEqual([]);
    expect(cleanText(undefined)).toBeNull();
  });

  test.each([
    [4, 'partial'],
    [5, 'complete'],
    [6, 'complete'],
  ])('calls %i of 10 items that apply to all %s', (answered, expected) => {
    const codes = Array.from({ length: 9 }, (_value, index) => `q${index}`);
    const ten = formOf(formFile({ items: [...codes.map((code) => itemFile({ code })), overallItem] }));
    const answers = Object.fromEntries(
      [...codes.slice(0, answered - 1), 'overall'].map((code) => [code, 'no']),
    );

    expect(classifyAnswers(ten, answers).completeness).toBe(expected);
  });

  test('decides completeness by items that apply to all, choosing N/A counting as an answer', () => {
    const na = { code: 'na', text: inAll('无'), notApplicable: true };
    const options = [...(itemFile().options ?? []), na];
    const four = formOf(
      formFile({
        items: [
          itemFile({ code: 'a', options, appliesToAll: true }),
          itemFile({ code: 'b' }),
          itemFile({ code: 'c' }),
          itemFile({ code: 'd', options }),
          itemFile({ code: 'e', confidential: true }),
          overallItem,
        ],
      }),
    );

    expect(classifyAnswers(four, { a: 'na', overall: 'yes' }).completeness).toBe('complete');
    expect(classifyAnswers(four, { d: 'yes', e: 'yes', overall: 'yes' }).completeness).toBe('partial');
  });

  test('ignores what every object inherits', () => {
    const odd = formOf(withItem({ code: 'constructor' }));

    expect(classifyAnswers(odd, { overall: 'yes' }).answers).toEqual([{ item: 'overall', option: 'yes' }]);
  });
});

describe('option figures', () => {
  const scale = [
    { code: 'always', text: inAll('总是'), score: 100, satisfied: true, topBox: true },
    { code: 'often', text: inAll('经常'), score: 200 / 3, satisfied: true },
    { code: 'sometimes', text: inAll('有时'), score: 100 / 3 },
    { code: 'never', text: inAll('从未'), score: 0 },
    { code: 'never-rang', text: inAll('没按过呼叫铃'), notApplicable: true },
  ];
  const counts: Readonly<Record<string, number>> = {
    always: 40,
    often: 5,
    sometimes: 3,
    never: 2,
    'never-rang': 50,
  };
  const figuresOf = (options: typeof scale) => {
    const item = formOf(withItem({ options })).items[0];
    if (!item) throw new Error('no item');
    return itemFigures(
      item.options.map((option) => Object.assign({ count: counts[option.code] ?? 0 }, option)),
    );
  };

  test('leave N/A out of numerator and denominator: 40 of 50 with 50 who never rang', () => {
    expect(figuresOf(scale)).toMatchObject({ validN: 50, topBox: { x: 40, n: 50 } });
  });

  test('are the same when a copy of the form lists the options in the opposite order', () => {
    const { meanScore, ...rest } = figuresOf(scale);
    const reversed = figuresOf(scale.toReversed());

    expect(reversed.meanScore).toBeCloseTo(meanScore ?? 0, 10);
    expect(reversed).toMatchObject({ topBox: rest.topBox, satisfied: rest.satisfied });
  });

  test('give a nominal item no score, even where its options were written with one', () => {
    const item = formOf(withItem({ scored: false, options: scale })).items[0];

    expect(item && item.options.every(({ score }) => score === null)).toBe(true);
  });
});
