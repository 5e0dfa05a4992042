import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import request from 'supertest';
import { praisedColleague } from '../../src/paper-entry/praised-colleague.ts';
import { person } from '../support/scorecards-world.ts';
import { openPaperWorld, sheet } from './paper-world.ts';
import type { PaperWorld } from './paper-world.ts';

/* A patient who praised somebody on paper praises as much as one who did so on a phone. */

const clerk = person('clerk', ['internal-medicine', 'pharmacy']);

let world: PaperWorld;
beforeAll(async () => {
  world = await openPaperWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.survey.database.drop());

const open = (query: string) => request(world.app(clerk)).get(`/paper?lang=zh-Hans&${query}`).expect(200);
const post = (fields: object) =>
  request(world.app(clerk))
    .post('/paper/internal-medicine?group=outpatient&lang=zh-Hans')
    .type('form')
    .send(fields);

describe('the field for the praised colleague', () => {
  test('suggests the department’s colleagues, number first, and nobody of another department', async () => {
    const page = await open('department=internal-medicine');

    expect(page.text).toMatch(/<input [^>]*list="praised-list"[^>]* name="praised"/);
    expect(page.text).toContain('<option value="N7 王芳（护士）">');
    expect(page.text).not.toContain('赵敏');
    expect(page.text).toContain('name="praise"');
  });

  test('stands only on sheets of a form that asks for praise', async () => {
    const page = await open('department=internal-medicine&group=window');

    expect(page.text).toContain('name="submissionId"');
    expect(page.text).not.toContain('name="praised"');
  });
});

describe('praise of a colleague keyed in', () => {
  test.each(['N7', 'ｎ７', '王芳', 'N7 王芳（护士）', 'N7 王芳 (Nurse)'])(
    'as %s counts for that colleague',
    async (praised) => {
      await post(sheet({ praised, praise: ' 很耐心 ' })).expect(303);

      expect(await world.survey.rows()).toMatchObject([
        { mode: 'paper', praise: { staffNumber: 'N7', text: '很耐心' } },
      ]);
      const before = new Date('2026-10-24T00:00:00Z');
      expect(await world.survey.slice.countPraise('2026-10', 'internal-medicine', before)).toEqual([
        { staffNumber: 'N7', count: 1 },
      ]);
    },
  );

  test('needs no words; words need no colleague; neither is no praise', async () => {
    await post(sheet({ praised: 'D1', praise: '' })).expect(303);
    await post(sheet({ praised: '', praise: '都好' })).expect(303);
    await post(sheet({ praised: ' ', praise: ' ' })).expect(303);

    expect((await world.survey.rows()).map(({ praise }) => praise)).toEqual([
      { staffNumber: 'D1', text: null },
      { staffNumber: null, text: '都好' },
      null,
    ]);
  });

  test.each(['P3', '赵敏', 'P3 赵敏（药师）', 'N7 李强'])(
    'is refused by its field when %s is nobody of the department, and the sheet’s typing stays',
    async (praised) => {
      const again = await post(sheet({ praised, praise: '谢谢', comment: '打了很久的字' }));

      expect(again.status).toBe(422);
      expect(again.text).toMatch(
        /<span class="field-error" id="praised-fault">本科室名单里没有这位职工。[^<]+</,
      );
      expect(again.text).toMatch(
        new RegExp(`name="praised" value="${praised}"[^>]* aria-invalid="true"`, 'u'),
      );
      expect(again.text).toContain('name="praise" value="谢谢"');
      expect(again.text).toContain('打了很久的字');
      expect(again.text).toContain('value="１"');
      expect(await world.survey.rows()).toEqual([]);
      expect(world.told).toEqual([]);
    },
  );

  test('in words that are too long is refused by the words’ field', async () => {
    const again = await post(sheet({ praised: 'N7', praise: '好'.repeat(2001) }));

    expect(again.status).toBe(422);
    expect(again.text).toContain('id="praise-fault">表扬的文字最多 2000 个字');
    expect(again.text).toContain('name="praised" value="N7"');
    expect(await world.survey.rows()).toEqual([]);
  });

  test('can be saved again in a moment when the register cannot be read; nothing typed is lost', async () => {
    world.setRegisterFault(new mongo.MongoNetworkError('gone'));

    const again = await post(sheet({ praised: '王芳', comment: '打了很久的字' }));

    expect(again.status).toBe(503);
    expect(again.text).toContain('name="praised" value="王芳"');
    expect(again.text).toContain('打了很久的字');
  });
});

test('a name that several colleagues have is asked for by number, and by number it is clear', () => {
  const two = [
    { staffNumber: 'N7', name: '王芳' },
    { staffNumber: 'N8', name: '王芳' },
  ];

  expect(praisedColleague('王芳', two)).toEqual({ fault: 'colleagueShared' });
  expect(praisedColleague('n8', two)).toEqual({ staffNumber: 'N8' });
  expect(praisedColleague('N8 王芳（护士）', two)).toEqual({ staffNumber: 'N8' });
});
