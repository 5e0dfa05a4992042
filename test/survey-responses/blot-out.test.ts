import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { performance } from 'node:perf_hooks';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import { createBlotter } from '../../src/survey-responses/blot-out.ts';
import { openSurveyWorld, submission } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

const mobile = '13800138000';

const blot = (comment: string, ...words: readonly string[]): string | null =>
  createBlotter(words).blot({ comment, texts: [], praise: null }).comment;

const spelledNumbers = [
  '13800138000',
  '138-0013-8000',
  '138 0013 8000',
  '138　0013　8000',
  '１３８００１３８０００',
  '１３８－００１３－８０００',
  '138.0013.8000',
  '138—0013—8000',
  '1 3 8 0 0 1 3 8 0 0 0',
  '138\u200B0013\u200B8000',
  '138\n0013\n8000',
  '①③⑧⓪⓪①③⑧⓪⓪⓪',
  '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎',
  '一三八零零一三八零零零',
  '幺三八〇〇幺三八〇〇〇',
] as const;
const spelledNames = ['张三', '张 三', '张　三', '张\u200B三', '张·三'] as const;

describe('blotting words out of texts', () => {
  test.each(spelledNumbers)('a number is found as %j', (spelled) => {
    const marks = '○'.repeat(Array.from(spelled).length);

    expect(blot(`电话${spelled}。`, mobile)).toBe(`电话${marks}。`);
  });

  test.each(spelledNames)('a name is found as %j', (spelled) => {
    expect(blot(`我是${spelled}，等了很久`, '张三')).toBe(
      `我是${'○'.repeat(Array.from(spelled).length)}，等了很久`,
    );
  });

  test('a number is the same whichever way the office wrote it', () => {
    expect(blot(`找${mobile}`, '138-0013-8000')).toBe(`找${'○'.repeat(11)}`);
    expect(blot('微信 ZhangSan＿88', 'zhangsan_88')).toBe(`微信 ${'○'.repeat(11)}`);
    expect(blot('住院号zy 0012-345', 'ZY0012345')).toBe(`住院号${'○'.repeat(11)}`);
  });

  test.each([
    ['other digits', '13800138001', mobile],
    ['digits with words between them', '138个人，0013号，8000元', mobile],
    ['a short number in a date', '2026-10-12', '61012'],
    ['a name across a line', '老张\n三天了', '张三'],
    ['a name across a comma', '小张，三天了', '张三'],
    ['a name in letters inside a word', 'in Salina', 'Li Na'],
    ['words too short to mean anybody', '一个人', '人'],
    ['words of marks alone', '……', '……'],
  ])('what is not the word stays: %s', (_what, text, word) => {
    expect(blot(text, word)).toBe(text);
  });

  test('every place of an answer is blotted, a longer number before a shorter one in it', () => {
    const answer = {
      comment: null,
      texts: [{ item: 'advice', text: '0138-0013-8000 或 80008000' }],
      praise: { staffNumber: null, text: '张 三谢谢您' },
    } as never;

    expect(createBlotter(['80008', mobile, '张三']).blot(answer)).toEqual({
      comment: null,
      texts: [{ item: 'advice', text: `0${'○'.repeat(13)} 或 ${'○'.repeat(5)}000` }],
      praise: { staffNumber: null, text: '○○○谢谢您' },
    });
  });

  test('the work grows with the text and no faster', () => {
    const hostile = ['1 3 8 0 0 1 3 8 0 0 '.repeat(10_000), `1${' '.repeat(200_000)}`, '张 '.repeat(100_000)];
    const before = performance.now();

    for (const text of hostile) blot(text, mobile, '张三');

    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('in the database', () => {
  let world: SurveyWorld;

  beforeAll(async () => {
    world = await openSurveyWorld();
  });
  afterAll(() => world.database.drop());

  test('the same texts are found as in the rules, and nothing of the word is left', async () => {
    const texts = [...spelledNumbers, ...spelledNames, 'ＬＩ na', '13800138001', '老张\n三天了', 'in Salina'];
    for (const [index, comment] of texts.entries()) {
      const submissionId = `answer-${String(index).padStart(3, '0')}`;
      await world.slice.submitSurveyResponse(submission({ submissionId, comment }), openSource);
    }
    const { persons } = world.slice;
    const words = [mobile, '张三', 'Li Na'];
    const named = spelledNumbers.length + spelledNames.length + 1;

    expect(await persons.countNaming(words, '2026-01-01')).toBe(named);
    expect(await persons.blotOut(words, '2026-01-01')).toBe(named);
    expect(await persons.countNaming(words, '2026-01-01')).toBe(0);
    const stored = await world.database.connection
      .collection('surveyResponses')
      .find({})
      .sort({ _id: 1 })
      .toArray();
    expect(stored.map(({ comment }) => String(comment))).toEqual(
      texts.map((text, index) => (index < named ? '○'.repeat(Array.from(text).length) : text)),
    );
  });

  test('more words than one expression of the database may hold are all found', async () => {
    const others = Array.from({ length: 60 }, (_, index) => `13${String(900_000_000 + index)}`);
    const submissionId = 'answer-of-many';
    const comment = '是 139-0000-0059 的电话';
    await world.slice.submitSurveyResponse(submission({ submissionId, comment }), openSource);

    expect(createBlotter(others).patterns.length).toBeGreaterThan(1);
    expect(await world.slice.persons.blotOut(others, '2026-01-01')).toBe(1);
  });
});
