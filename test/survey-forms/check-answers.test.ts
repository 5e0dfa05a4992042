import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { locales } from '../../src/shared/localized-text.ts';
import { checkAnswers } from '../../src/survey-forms/check-answers.ts';
import { deepRuns } from '../support/deep.ts';
import { testTranslate } from '../support/test-app.ts';
import { formWithWords } from './support.ts';

const form = formWithWords();
const legal = { overall: 'satisfied' };
const check = (answers: unknown, comment?: unknown) =>
  checkAnswers(form, { answers, comment }, testTranslate, 'en').map(({ pointer, code }) => [pointer, code]);

describe('checking answers', () => {
  test('takes the required item alone', () => {
    expect(check(legal)).toEqual([]);
  });

  test('takes every option of every item, words and a comment', () => {
    const pairs = form.items
      .filter(({ kind }) => kind === 'choice')
      .map(({ code, options }) => [code, options.at(-1)?.code]);

    expect(check({ ...Object.fromEntries(pairs), praise: '王医生' }, '候诊椅子少\n\t谢谢')).toEqual([]);
  });

  test.each([
    ['an unknown item', { ...legal, food: 'good' }, '/answers/food', 'unknown_item'],
    [
      'an item named as a property of every object',
      { ...legal, constructor: 'x' },
      '/answers/constructor',
      'unknown_item',
    ],
    [
      'an own __proto__ key',
      JSON.parse('{"overall":"satisfied","__proto__":"x"}'),
      '/answers/__proto__',
      'unknown_item',
    ],
    ['a key with slash and tilde', { ...legal, 'a/b~c': 'x' }, '/answers/a~1b~0c', 'unknown_item'],
    ['an option of another item', { ...legal, toilet: 'satisfied' }, '/answers/toilet', 'unknown_option'],
    ['a label instead of a code', { overall: '满意' }, '/answers/overall', 'unknown_option'],
    ['an empty choice', { overall: '' }, '/answers/overall', 'unknown_option'],
    ['a position instead of a code', { overall: 1 }, '/answers/overall', 'wrong_kind'],
    ['a query operator', { overall: { $gt: '' } }, '/answers/overall', 'wrong_kind'],
    ['the required item missing', { signs: 'easy' }, '/answers/overall', 'required_missing'],
    ['the comment among the answers', { ...legal, comment: 'x' }, '/answers/comment', 'wrong_kind'],
    ['a praise of 2,001 characters', { ...legal, praise: '好'.repeat(2001) }, '/answers/praise', 'too_long'],
    [
      'a praise with a null character',
      { ...legal, praise: 'a\u0000' },
      '/answers/praise',
      'illegal_characters',
    ],
    ['no object', null, '/answers', 'wrong_kind'],
    ['a list', ['satisfied'], '/answers', 'wrong_kind'],
  ])('refuses %s', (_what, answers, pointer, code) => {
    expect(check(answers)).toEqual([[pointer, code]]);
  });

  test.each([
    ['2,001 characters', '好'.repeat(2001), 'too_long'],
    ['a bell', 'a\u0007', 'illegal_characters'],
    ['a C1 control', 'a\u0085', 'illegal_characters'],
    ['half a surrogate pair', 'a\uD83D', 'illegal_characters'],
    ['a number', 5, 'wrong_kind'],
  ])('refuses a comment with %s', (_what, comment, code) => {
    expect(check(legal, comment)).toEqual([['/comment', code]]);
  });

  test.each([
    ['2,000 Chinese characters', '好'.repeat(2000)],
    ['2,000 emoji, each one character of two code units', '👍'.repeat(2000)],
    ['1,999 lines ended as browsers post them', 'a\r\n'.repeat(1000)],
    ['nothing', ''],
    ['null', null],
  ])('takes a comment of %s', (_what, comment) => {
    expect(check(legal, comment)).toEqual([]);
  });

  test('refuses a comment where the form asks for none', () => {
    const silent = { ...form, items: form.items.filter(({ kind }) => kind !== 'comment') };

    expect(checkAnswers(silent, { answers: legal, comment: 'x' }, testTranslate, 'en')).toMatchObject([
      { pointer: '/comment', code: 'unknown_item' },
    ]);
  });

  test('reports all errors together, at most a hundred', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_value, index) => [`x${index}`, '']));

    expect(check({ signs: 'no', food: 'x' }, '\u0001')).toHaveLength(4);
    expect(check(many)).toHaveLength(100);
  });

  test.each(locales)('says in %s what to do and repeats nothing that was given', (locale) => {
    const errors = checkAnswers(
      form,
      {
        answers: { secret: '1', signs: 'secret', praise: 'secret'.repeat(500) },
        comment: 'secret\u0000',
      },
      testTranslate,
      locale,
    );

    expect(errors.map(({ code }) => code)).toEqual([
      'unknown_item',
      'unknown_option',
      'too_long',
      'required_missing',
      'illegal_characters',
    ]);
    expect(errors.filter(({ detail }) => detail === '' || /secret|\{\{/.test(detail))).toEqual([]);
    expect(errors[2]?.detail).toContain('2000');
  });

  test('never throws, whatever arrives', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.jsonValue(),
      fc.dictionary(
        fc.oneof(fc.string(), fc.constantFrom('__proto__', 'overall', 'praise', 'comment')),
        fc.anything(),
      ),
    );
    fc.assert(
      fc.property(anything, anything, (answers, comment) => {
        expect(Array.isArray(check(answers, comment))).toBe(true);
      }),
      { numRuns: deepRuns(500, 20_000) },
    );
  });

  test('accepts exactly the legal answers', () => {
    const choices = form.items.filter(({ kind }) => kind === 'choice');
    const codes = [...new Set(choices.flatMap(({ options }) => options.map(({ code }) => code)))];
    const answers = fc.dictionary(
      fc.constantFrom(...choices.map(({ code }) => code), 'stranger'),
      fc.constantFrom(...codes),
    );
    fc.assert(
      fc.property(answers, (given) => {
        const isLegal =
          'overall' in given &&
          Object.entries(given).every(([code, value]) =>
            choices.some(
              (item) => item.code === code && item.options.some((option) => option.code === value),
            ),
          );
        expect(check(given).length === 0).toBe(isLegal);
      }),
      { numRuns: deepRuns(500, 20_000) },
    );
  });
});
