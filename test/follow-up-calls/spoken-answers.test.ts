import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { spokenAnswers } from '../../src/follow-up-calls/spoken-answers.ts';
import { shippedForm } from '../survey-forms/support.ts';

const happy = 'very-satisfied satisfied';

describe('a scale asked in two steps', () => {
  test.each([
    ['the second answer is the option', { 'step.a': happy, 'answer.a': 'satisfied' }, { a: 'satisfied' }, []],
    ['a first answer with one option is the whole answer', { 'step.a': 'neutral' }, { a: 'neutral' }, []],
    [
      'a second answer of before does not outlive a change of mind',
      { 'step.a': 'neutral', 'answer.a': 'very-satisfied' },
      { a: 'neutral' },
      [],
    ],
    ['the second question must be asked', { 'step.a': happy, 'answer.a': '' }, {}, ['a']],
    [
      'and answered anew when the first answer changes',
      { 'step.a': happy, 'answer.a': 'dissatisfied' },
      {},
      ['a'],
    ],
    ['one step is enough where there is one', { 'answer.a': 'yes' }, { a: 'yes' }, []],
    ['nothing chosen is no answer', { 'step.a': '', 'answer.a': ' ' }, {}, []],
  ])('%s', (_rule, fields, answers, unfinished) => {
    expect(spokenAnswers(fields)).toEqual({ answers, unfinished });
  });

  test('reaches every option of the shipped phone form, and only options', () => {
    const item = fc.constantFrom(...shippedForm('discharged').items.filter(({ kind }) => kind === 'choice'));
    fc.assert(
      fc.property(item, fc.nat(), fc.nat(), ({ code, options, unfolding }, first, second) => {
        const branches = unfolding?.branches.map((branch) => branch.options) ?? [];
        const branch = branches[first % branches.length] ?? [];
        const chosen = branch[second % branch.length];
        const { answers } = spokenAnswers({ [`step.${code}`]: branch.join(' '), [`answer.${code}`]: chosen });

        expect(answers[code]).toBe(chosen);
        expect(options.map((option) => option.code)).toContain(chosen);
      }),
    );
  });
});
