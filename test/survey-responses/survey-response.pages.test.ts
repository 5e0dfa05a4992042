import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openSurveyWorld, pageFields } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

let world: SurveyWorld;
beforeAll(async () => {
  world = await openSurveyWorld();
});
beforeEach(async () => {
  world.setNow('2026-10-20T04:00:00Z');
  await world.clear();
});
afterAll(() => world.database.drop());

const post = (fields: Record<string, string>, path = '/s/internal-medicine?lang=zh-Hans') =>
  request(world.app()).post(path).type('form').send(fields);
const idOf = (html: string) => /name="submissionId" value="([\w-]{36})"/.exec(html)?.[1];
const get = (path: string) => request(world.app()).get(path);

describe('the form page', () => {
  test('opens with a submission id of its own and the version in force, and is never cached', async () => {
    const [one, two] = await Promise.all([get('/s/internal-medicine'), get('/s/internal-medicine')]);

    expect(one.status).toBe(200);
    expect(one.headers['cache-control']).toBe('no-store');
    expect(one.text).toContain('name="formVersion" value="1"');
    expect(idOf(one.text)).toBeDefined();
    expect(idOf(one.text)).not.toBe(idOf(two.text));
  });

  test('shows the form of the patient group in the address', async () => {
    const page = await get('/s/internal-medicine?group=inpatient&lang=zh-Hans');

    expect(page.text).toContain('name="formId" value="inpatient"');
    expect(page.text).toContain('action="/s/internal-medicine?group&#x3D;inpatient&amp;lang&#x3D;zh-Hans"');
  });

  test.each([
    ['a service window opens the short form', '/s/pharmacy', 'window'],
    ['medical technology opens the short form', '/s/radiology', 'window'],
    ['an address may name another group of the kind', '/s/radiology?group=outpatient', 'outpatient'],
    ['an empty group is none', '/s/pharmacy?group=', 'window'],
  ])('%s', async (_rule, address, form) => {
    const page = await get(address);

    expect(page.text).toContain(`name="formId" value="${form}"`);
  });

  test.each(['/s/pharmacy?group=inpatient', '/s/internal-medicine?group=discharged'])(
    'a group that does not answer at this kind of department has no form here: %s',
    async (address) => {
      const page = await get(address);

      expect(page.status).toBe(404);
    },
  );

  test('opens though a messenger has added parameters', async () => {
    const page = await get('/s/internal-medicine?from=singlemessage&isappinstalled=0');

    expect(page.status).toBe(200);
  });

  test.each([
    ['zh-Hans', '没有找到这个科室的问卷'],
    ['zh-Hant', '沒有找到這個科室的問卷'],
    ['en', 'There is no form for this department'],
  ])('says in %s that a department is unknown or no longer active', async (locale, words) => {
    for (const code of ['nowhere', 'closed-ward', '..%2Fetc', '$ne']) {
      const page = await get(`/s/${code}?lang=${locale}`);

      expect(page.status).toBe(404);
      expect(page.text).toContain(words);
    }
  });

  test('says that a patient group has no form', async () => {
    const page = await get('/s/internal-medicine?group=nobody');

    expect(page.status).toBe(404);
  });

  test('labels a confidential question as hidden from the department', async () => {
    const page = await get('/s/internal-medicine?lang=zh-Hans');

    expect(page.text).toMatch(/id="q-red-packet"[\s\S]*?保密题：只有纪检部门能看到/);
  });
});

describe('posting the form', () => {
  test('stores the answer and leads to the thanks, keeping language, size and group', async () => {
    const address = '/s/internal-medicine?group=outpatient&lang=en&size=large';
    const answer = await post(pageFields({ 'answer.signs': '', answeredBy: 'family' }), address);

    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe(
      '/s/internal-medicine/thanks?group=outpatient&lang=en&size=large',
    );
    const [row] = await world.rows();
    expect(row).toMatchObject({
      mode: 'web',
      verification: 'none',
      sourceKey: null,
      answeredBy: 'family',
      answers: [{ item: 'overall', option: 'satisfied' }],
      comment: null,
      period: '2026-10',
    });
    const thanks = await get(String(answer.headers['location']));
    expect(thanks.text).toContain('Thank you!');
    expect(thanks.text).toContain('class="large"');
  });

  test('the same post again stores nothing new and thanks again', async () => {
    const fields = pageFields();
    await post(fields);

    const again = await post(fields);

    expect(again.status).toBe(303);
    expect(await world.rows()).toHaveLength(1);
  });

  test('shows the form again with everything typed and a link to each fault', async () => {
    const { 'answer.overall': _overall, ...fields } = pageFields({
      'answer.signs': 'very-easy',
      'praise.text': '内科王护士',
      comment: '字'.repeat(2001),
      answeredBy: 'family',
    });

    const page = await post(fields);

    expect(page.status).toBe(422);
    expect(page.text).toContain('<title>需要修改 · ');
    expect(page.text).toContain('href="#q-overall-1"');
    expect(page.text).toContain('id="q-overall-1"');
    expect(page.text).toContain('href="#q-comment-text"');
    expect(page.text).toContain('id="q-comment-text"');
    expect(page.text).toMatch(/value="very-easy" id="q-signs-\d" checked/);
    expect(page.text).toMatch(/value="family" id="answered-by-\d" checked/);
    expect(page.text).toContain('内科王护士</textarea>');
    expect(page.text).toContain(`${'字'.repeat(2001)}</textarea>`);
    expect(page.text).toContain(fields['submissionId']);
    expect(await world.rows()).toHaveLength(0);
  });

  test('typed markup comes back as words', async () => {
    const { 'answer.overall': _overall, ...fields } = pageFields({
      comment: '</textarea><script>alert(1)</script>',
      'praise.text': '"><img src=x>',
    });

    const page = await post(fields);

    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toContain('<img');
    expect(page.text).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)');
  });

  test('going back and changing an answer that is stored says so, keeps the first, and offers a new form', async () => {
    const fields = pageFields();
    await post(fields);

    const page = await post({ ...fields, 'answer.overall': 'neutral' });

    expect(page.status).toBe(409);
    expect(page.text).toContain('这份答卷已经收到过了');
    expect(page.text).toContain('href="/s/internal-medicine?lang&#x3D;zh-Hans"');
    const [row] = await world.rows();
    expect(row).toMatchObject({ answers: [{ item: 'overall', option: 'satisfied' }] });
  });

  test('a version opened before a new one came into force is still taken, and shown again as it was', async () => {
    world.setNow('2026-12-05T04:00:00Z');
    const { 'answer.overall': _overall, ...incomplete } = pageFields({ 'answer.registration': 'convenient' });

    const faulty = await post(incomplete);
    const stored = await post({ ...incomplete, 'answer.overall': 'satisfied' });
    const fresh = await get('/s/internal-medicine');

    expect(faulty.text).toContain('name="formVersion" value="1"');
    expect(stored.status).toBe(303);
    expect(await world.rows()).toMatchObject([{ formVersion: 1, period: '2026-12' }]);
    expect(fresh.text).toContain('name="formVersion" value="2"');
  });

  test('a form that nobody published leads to the one in force with what was typed', async () => {
    const page = await post(pageFields({ formId: 'gone', comment: '都好' }));

    expect(page.status).toBe(422);
    expect(page.text).toContain('name="formId" value="outpatient"');
    expect(page.text).toContain('都好</textarea>');
  });

  test.each([{ submissionId: 'x' }, { formVersion: 'one' }, { answeredBy: 'robot' }, { 'answer.$ne': 'x' }])(
    'a page that was tampered with (%j) is refused',
    async (change) => {
      const page = await post(pageFields(change));

      expect(page.status).toBe(400);
      expect(await world.rows()).toHaveLength(0);
    },
  );
});

describe('the home of the campaign', () => {
  test('names the hospital and leads to the form of every active department', async () => {
    const page = await get('/?lang=en&size=large');

    expect(page.text).toContain('Demonstration County Hospital');
    expect(page.text).toContain('href="/s/surgery?lang&#x3D;en&amp;size&#x3D;large"');
    expect(page.text).not.toContain('closed-ward');
  });
});
