import { describe, expect, test } from '@jest/globals';
import { locales, textIn } from '../../src/shared/localized-text.ts';
import { openingSteps } from '../../src/survey-forms/call-script.ts';
import { estimateLength } from '../../src/survey-forms/form-length.ts';
import { textsOf } from '../../src/survey-forms/form-texts.ts';
import { lintSurveyForm } from '../../src/survey-forms/lint-survey-form.ts';
import { parse, shippedFiles, shippedForm } from './support.ts';

describe.each(shippedFiles())('the shipped form $name', (source) => {
  const { form, problems } = parse(source);

  test('passes the linter in all three languages', () => {
    expect(problems).toEqual([]);
    expect(form && lintSurveyForm(form, locales)).toEqual([]);
  });

  test('is named as its file and its patient group', () => {
    expect(source.name).toBe(`${form?.id}.json`);
    expect(form?.patientGroup).toBe(form?.id);
  });

  test('requires the overall item only', () => {
    expect(form?.items.filter(({ required }) => required).map(({ code }) => code)).toEqual(['overall']);
  });

  test('asks about service, quality, ethics and the whole, each with a scored item for every patient', () => {
    const asked = form?.items.filter((item) => item.scored && item.appliesToAll && !item.confidential);

    expect(new Set(asked?.map(({ dimension }) => dimension))).toEqual(
      new Set(['service', 'quality', 'ethics', 'overall']),
    );
  });

  test('writes Chinese with Chinese punctuation', () => {
    const halfWidth = /\p{Script=Han} ?[,?!():;]|[,?!():;] ?\p{Script=Han}/u;
    const chinese = form
      ? textsOf(form).flatMap(({ text }) => [text['zh-Hans'], textIn(text, 'zh-Hant')])
      : [];

    expect(chinese.filter((text) => halfWidth.test(text))).toEqual([]);
  });

  test('has one item for praise and one comment item', () => {
    expect(form?.items.filter(({ kind }) => kind !== 'choice').map(({ kind }) => kind)).toEqual([
      'praise',
      'comment',
    ]);
  });
});

describe('the outpatient form', () => {
  const form = shippedForm('outpatient');

  test('asks overall satisfaction on five levels with 100, 75, 50, 25 and 0', () => {
    const overall = form.items.find(({ code }) => code === 'overall');

    expect(overall?.options.map(({ code, score }) => [code, score])).toEqual([
      ['very-satisfied', 100],
      ['satisfied', 75],
      ['neutral', 50],
      ['dissatisfied', 25],
      ['very-dissatisfied', 0],
    ]);
  });

  test('counts 9 and 10 of 0-10 as top box, 7 to 10 as satisfied, and scores 9 as 90', () => {
    const options = form.items.find(({ code }) => code === 'recommend')?.options ?? [];

    expect(options.map(({ code }) => code)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(options.filter(({ topBox }) => topBox).map(({ code }) => code)).toEqual(['9', '10']);
    expect(options.filter(({ satisfied }) => satisfied).map(({ code }) => code)).toEqual([
      '7',
      '8',
      '9',
      '10',
    ]);
    expect(options.find(({ code }) => code === '9')?.score).toBe(90);
  });

  test('keeps the red-packet item confidential, unscored and free to refuse', () => {
    const item = form.items.find(({ code }) => code === 'red-packet');

    expect(item).toMatchObject({ confidential: true, scored: false, required: false, appliesToAll: false });
    expect(item?.options.map(({ score }) => score)).toEqual([null, null, null]);
    expect(item?.options.find(({ code }) => code === 'prefer-not-to-say')?.notApplicable).toBe(true);
  });

  test('does not hold the department to what others answer for', () => {
    const fixed = form.items.flatMap(({ code, responsibleUnit }) =>
      typeof responsibleUnit === 'string' ? [] : [[code, responsibleUnit.fixed]],
    );

    expect(Object.fromEntries(fixed)).toMatchObject({
      charges: 'billing',
      toilet: 'logistics',
      signs: 'logistics',
      'medicine-advice': 'pharmacy',
    });
  });
});

describe('the discharged form', () => {
  const form = shippedForm('discharged');

  test('has a script and a two-step scale for every choice', () => {
    expect(form.script).toBeDefined();
    expect(form.items.filter(({ script }) => !script)).toEqual([]);
    expect(form.items.filter(({ kind, unfolding }) => kind === 'choice' && !unfolding)).toEqual([]);
  });

  test('begins with who calls, from where, why, how long, freely and in confidence, and asks whether it suits', () => {
    const said = openingSteps.map((step) => form.script?.[step]['zh-Hans'] ?? '').join('');

    for (const part of [
      '{patient}',
      '{hospital}',
      '回访员',
      '改进',
      '两分钟',
      '由您',
      '保密',
      '方便吗',
      '同意吗',
    ])
      expect(said).toContain(part);
    expect(form.script?.greeting['zh-Hans']).not.toMatch(/医院|住院|hospital/);
  });

  test('never reads out more than three answers and "not applicable" at once', () => {
    const heard = form.items.flatMap(({ unfolding }) =>
      unfolding
        ? [unfolding.branches.length, ...unfolding.branches.map(({ options }) => options.length)]
        : [],
    );

    expect(Math.max(...heard)).toBe(3);
  });

  test('asks no 0-10 question and nothing about red packets', () => {
    expect(form.items.filter(({ confidential }) => confidential)).toEqual([]);
    expect(Math.max(...form.items.map(({ options }) => options.length))).toBeLessThanOrEqual(6);
  });

  test('is measured as it is spoken', () => {
    expect(estimateLength(form).limit).toBe(180);
  });
});

describe('the inpatient form', () => {
  test('scores frequency 0, 33.3, 66.7 and 100, and lets a patient say the bell was never pressed', () => {
    const bell = shippedForm('inpatient').items.find(({ code }) => code === 'call-bell');

    expect(bell?.options.map(({ code, score, satisfied }) => [code, score, satisfied])).toEqual([
      ['never', 0, false],
      ['sometimes', 100 / 3, false],
      ['often', 200 / 3, true],
      ['always', 100, true],
      ['not-applicable', null, false],
    ]);
  });

  test('asks in the four frequencies of the national wording, worst first, and every scale runs the same way', () => {
    const { items } = shippedForm('inpatient');
    const frequency = items.filter(({ options }) => options.some(({ code }) => code === 'always'));
    const words = frequency.map(({ options }) =>
      options.filter(({ notApplicable }) => !notApplicable).map(({ text }) => text['zh-Hans']),
    );
    const scales = items
      .filter(({ scored }) => scored)
      .map(({ options }) => options.flatMap(({ score }) => score ?? []));

    expect(frequency.length).toBeGreaterThanOrEqual(12);
    expect(new Set(words.map((scale) => scale.join(' ')))).toEqual(
      new Set(['从未如此 有时如此 经常如此 总是如此']),
    );
    expect(scales).toEqual(scales.map((scale) => scale.toSorted((a, b) => a - b)));
  });
});

describe('the form of service windows and medical technology', () => {
  const form = shippedForm('window');

  test('is short: six questions that take less than a minute, all the department answers for', () => {
    const choices = form.items.filter(({ kind }) => kind === 'choice');

    expect(choices).toHaveLength(6);
    expect(estimateLength(form).seconds).toBeLessThan(60);
    expect(new Set(choices.map(({ responsibleUnit }) => responsibleUnit))).toEqual(new Set(['department']));
  });
});
