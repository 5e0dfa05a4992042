import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { assert, constantFrom, integer, property } from 'fast-check';
import request from 'supertest';
import { readPaperSheet } from '../../src/paper-entry/paper-sheet.ts';
import type { PaperSheetFields } from '../../src/paper-entry/paper-sheet.ts';
import type { Principal } from '../../src/shared/principal.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';
import { person } from '../support/scorecards-world.ts';
import { form, openPaperWorld, sheet } from './paper-world.ts';
import type { PaperWorld } from './paper-world.ts';

/* A clerk keys in a pile of paper: numbers and Tab, nothing typed is ever lost, nothing is stored twice. */

const clerk = person('clerk', ['internal-medicine']);

let paper: PaperWorld;
let world: SurveyWorld;
let app: PaperWorld['app'];
let told: PaperWorld['told'];

beforeAll(async () => {
  paper = await openPaperWorld();
  ({ survey: world, app, told } = paper);
});
beforeEach(() => paper.clear());
afterAll(() => world.database.drop());

const post = (fields: object, code = 'internal-medicine', who: Principal | null = clerk) =>
  request(app(who)).post(`/paper/${code}?group=outpatient`).type('form').send(fields);

describe('keying in', () => {
  test('stores the options of the numbers under the day on the paper, and leads to the next sheet of the pile', async () => {
    const answered = await post(sheet({ comment: '很好' })).expect(303);

    expect(answered.headers['location']).toBe(
      '/paper?department=internal-medicine&group=outpatient&answeredOn=2026-10-18&saved=4',
    );
    const [row] = await world.rows();
    const { options } = form.items.find(({ code }) => code === 'overall') ?? { options: [] };
    expect(row).toMatchObject({ mode: 'paper', answeredOn: '2026-10-18', comment: '很好' });
    expect(row?.['answers']).toContainEqual({ item: 'overall', option: options[1]?.code });
    expect(told).toMatchObject([{ action: 'survey-response.enter', actor: 'account-clerk' }]);
    const next = await request(app(clerk)).get(String(answered.headers['location'])).expect(200);
    expect(next.text).toContain('value="2026-10-18"');
  });

  test('the same sheet sent twice is stored once; with other answers the clerk is told', async () => {
    const once = sheet();
    await post(once).expect(303);
    await post(once).expect(303);
    const changed = await post({ ...once, 'answer.overall': '1' });

    expect(changed.status).toBe(409);
    expect(changed.text).toContain('已经保存过');
    expect(await world.rows()).toHaveLength(1);
  });

  test.each([
    ['a number that no option has', { 'answer.overall': '77' }, '没有这个序号的选项'],
    ['a letter', { 'answer.overall': 'x' }, '没有这个序号的选项'],
    ['no day', { answeredOn: '' }, '请填写问卷上的日期'],
    ['a day to come', { answeredOn: '2026-12-01' }, 'answeredOn'],
    ['no required answer', { 'answer.overall': '' }, 'error-summary'],
  ])('%s is refused by its question, and all that was typed stays', async (_what, more, said) => {
    const answered = await post(sheet({ comment: '打了很久的字', ...more }));

    expect(answered.status).toBe(422);
    expect(answered.text).toContain(said);
    expect(answered.text).toContain('打了很久的字');
    expect(answered.text).toContain('value="１"');
    expect(await world.rows()).toEqual([]);
  });

  test('a clerk keys in for the own departments only', async () => {
    const page = await request(app(clerk)).get('/paper?department=pharmacy').expect(200);

    expect(page.text).not.toContain('value="pharmacy"');
    expect(page.text).not.toContain('name="submissionId"');
    expect((await post(sheet(), 'pharmacy')).status).toBe(403);
    expect((await post(sheet(), 'internal-medicine', person('nurse', 'all'))).status).toBe(403);
    expect(await world.rows()).toEqual([]);
  });
});

test('for every question and number: the option in that place, of 0–10 the number itself, or a fault', () => {
  const choices = form.items.filter(({ kind }) => kind === 'choice');
  assert(
    property(constantFrom(...choices), integer({ min: 0, max: 99 }), (item, number) => {
      const keyed: Pick<PaperSheetFields, `answer.${string}`> = { [`answer.${item.code}`]: String(number) };
      const fields = { submissionId: '', formId: form.id, formVersion: 1, ...keyed };
      const { answers, faults } = readPaperSheet(form, fields);
      const isScale = item.options.length === 11;
      const option = item.options[isScale ? number : number - 1]?.code;
      expect(answers[item.code]).toBe(option);
      expect(faults).toEqual(option === undefined ? [item.code] : []);
    }),
  );
});
