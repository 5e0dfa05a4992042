import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import { submission } from '../survey-responses/survey-world.ts';
import { testCsrfToken } from '../support/test-app.ts';
import { openCommentsWorld } from './comments-world.ts';
import type { CommentsWorld } from './comments-world.ts';

let world: CommentsWorld;
beforeAll(async () => {
  world = await openCommentsWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.surveys.database.drop());

const post = (path: string, body: object, person?: string) =>
  request(world.as('office', person)).post(path).set('x-csrf-token', testCsrfToken).send(body);
const list = async (query = 'period=2026-10') => {
  const answer = await request(world.as('office')).get(`/api/v1/comments?${query}`);
  return answer.body as {
    comments: { id: string; text: string; proposal: string; mayPublish: boolean }[];
    nextCursor: string | null;
  };
};
const statusOf = async (path: string) => (await request(world.as('office')).get(path)).status;
const release = (id: string, text: string, seen = 0, person?: string) =>
  post(`/api/v1/comments/${id}/release`, { seen, text }, person);
const heard = (n: number) => new Map([['outpatient', n]]);
const read = (n = 8) => world.slice.readReleasedComments('2026-10', 'internal-medicine', heard(n));

describe('the office’s list', () => {
  test('holds every piece of words of the month with its proposal, newest first, and none of a trial', async () => {
    await world.answer({ comment: '我叫张三,电话13812345678' });
    await world.answer({ praise: { text: '感谢李强医生' }, comment: '李强医生不理人', mayPublish: true });
    await world.surveys.slice.submitSurveyResponse(submission({ comment: '试运行' }), {
      ...openSource,
      trial: true,
    });
    await world.answer({});

    const { comments } = await list();

    expect(comments.map(({ proposal }) => proposal).toSorted()).toEqual(
      ['【职工】医生不理人', '感谢李强医生', '我叫【姓名】,电话【电话】'].toSorted(),
    );
    expect(comments.map(({ mayPublish }) => mayPublish).filter(Boolean)).toHaveLength(2);
  });

  test('is cut to a department, a form and a state', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    await release(id, '等得太久');

    expect((await list('period=2026-10&state=released')).comments).toHaveLength(1);
    expect((await list()).comments).toEqual([]);
    expect((await list('period=2026-10&state=released&department=surgery')).comments).toEqual([]);
    expect((await list('period=2026-10&state=released&form=inpatient')).comments).toEqual([]);
    expect((await list('period=2026-09&state=released')).comments).toEqual([]);
  });

  test('goes on page by page without losing or repeating any', async () => {
    for (let n = 0; n < 105; n += 1) {
      await world.answer({ comment: `第${n}条`, praise: { text: `表扬${n}` } });
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await list(`period=2026-10&cursor=${cursor}`);
      seen.push(...page.comments.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    expect(seen).toHaveLength(210);
    expect(new Set(seen).size).toBe(210);
  });

  test('finds its answers by an index that holds only those with words', async () => {
    const collection = world.surveys.database.connection.collection('surveyResponses');
    await world.answer({ comment: '等得太久' });
    const plan = await collection
      .find({ written: true, period: '2026-10' })
      .sort({ receivedAt: -1, _id: -1 })
      .explain('queryPlanner');

    expect(JSON.stringify(plan)).toContain('period_1_receivedAt_-1__id_-1');
    expect(JSON.stringify(plan['queryPlanner'])).not.toContain('COLLSCAN');
  });

  test.each(['admin', 'director', 'head', 'nurse'] as const)(
    'is shut to %s, in the API and on its pages',
    async (role) => {
      const id = `${await world.answer({ comment: '等得太久' })}.comment`;
      const app = world.as(role);
      const paths = [
        '/api/v1/comments?period=2026-10',
        `/api/v1/comments/${id}`,
        '/office/comments',
        `/office/comments/${id}`,
      ];

      for (const path of paths) expect((await request(app).get(path)).status).toBe(403);
      expect(world.audit).toEqual([]);
    },
  );

  test('says 4xx to what it cannot understand', async () => {
    expect(await statusOf('/api/v1/comments')).toBe(400);
    expect(await statusOf('/api/v1/comments?period=2026-10&cursor=x')).toBe(400);
    expect(await statusOf('/api/v1/comments?period=2026-13')).toBeLessThan(500);
    expect(await statusOf('/api/v1/comments/not-an-id')).toBe(400);
    expect(await statusOf('/api/v1/comments/a2b9d1a4-52d5-4a53-9a44-3f8a8b1c0001.comment')).toBe(404);
  });
});

describe('deciding', () => {
  test('two people with the same page: the first wins, the second is told and changes nothing', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    const [one, two] = await Promise.all([
      release(id, '等得太久', 0, 'first'),
      post(`/api/v1/comments/${id}/withhold`, { seen: 0, reason: 'says-nothing' }, 'second'),
    ]);

    expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await world.decisions()).toHaveLength(1);
    expect(world.audit).toHaveLength(1);
  });

  test('two people who change the same decision: again the first wins', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    await release(id, '等得太久');
    const answers = await Promise.all([release(id, '等', 1, 'first'), release(id, '久', 1, 'second')]);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await world.decisions()).toMatchObject([{ revision: 2 }]);
  });

  test('the same decision sent again is harmless, and audited once', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;

    expect((await release(id, '等得太久')).status).toBe(200);
    expect((await release(id, '等得太久')).status).toBe(200);
    expect(world.audit.map(({ action }) => action)).toEqual(['comment.release']);
  });

  test('a released text can be changed and withheld by whoever has seen the decision before', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    await release(id, '等得太久');

    expect((await release(id, '等待时间长', 1)).status).toBe(200);
    expect((await read()).comments).toEqual([{ kind: 'comment', text: '等待时间长' }]);
    expect((await post(`/api/v1/comments/${id}/withhold`, { seen: 2, reason: 'offensive' })).status).toBe(
      200,
    );
    expect((await read()).comments).toEqual([]);
    expect(await world.decisions()).toMatchObject([{ revision: 3, text: null, reason: 'offensive' }]);
  });

  test.each([
    ['text_identifies', '电话138 1234 5678'],
    ['text_identifies', '身份证530102199003071234'],
    ['text_empty', '  '],
    ['text_too_long', '很'.repeat(2001)],
  ])('a text is refused as %s', async (code, text) => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    const answer = await release(id, text);

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/text', code }] });
    expect(await world.decisions()).toEqual([]);
  });

  test('the audit says who decided about which comment, and never what stood in it', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    await request(world.as('office')).get(`/office/comments/${id}`);
    await release(id, '等得太久了');

    expect(world.audit.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ['comment.read', `comment/${id}`, 'a-office'],
      ['comment.release', `comment/${id}`, 'a-office'],
    ]);
    expect(JSON.stringify(world.audit)).not.toContain('等得');
  });

  test('words that are gone cannot be released', async () => {
    const submissionId = await world.answer({ comment: '等得太久' });
    await world.eraseWords(submissionId);

    expect((await release(`${submissionId}.comment`, '等得太久')).status).toBe(404);
  });
});

describe('what the department reads', () => {
  test('nothing that waits or is withheld, only released texts, and no original', async () => {
    const first = await world.answer({ comment: '我是12床,饭菜凉' });
    const second = await world.answer({ comment: '等得太久' });
    await world.answer({ comment: '没人看过的话' });
    await release(`${first}.comment`, '饭菜凉');
    await post(`/api/v1/comments/${second}.comment/withhold`, { seen: 0, reason: 'says-nothing' });

    expect(await read()).toEqual({ n: 8, minimum: 8, comments: [{ kind: 'comment', text: '饭菜凉' }] });
  });

  test('nothing of a patient group with fewer answers than the threshold', async () => {
    const id = `${await world.answer({ comment: '饭菜凉' })}.comment`;
    await release(id, '饭菜凉');

    expect(await read(7)).toEqual({ n: 0, minimum: 8, comments: [] });
    const groups = new Map([
      ['inpatient', 30],
      ['outpatient', 7],
    ]);
    expect(await world.slice.readReleasedComments('2026-10', 'internal-medicine', groups)).toMatchObject({
      n: 30,
      comments: [],
    });
  });

  test('nothing of another department or month', async () => {
    await release(`${await world.answer({ comment: '饭菜凉' })}.comment`, '饭菜凉');

    expect((await world.slice.readReleasedComments('2026-10', 'surgery', heard(30))).comments).toEqual([]);
    expect(
      (await world.slice.readReleasedComments('2026-09', 'internal-medicine', heard(30))).comments,
    ).toEqual([]);
  });

  test('a text whose words were erased is gone at once, and at night from the database', async () => {
    const submissionId = await world.answer({ comment: '饭菜凉' });
    await release(`${submissionId}.comment`, '饭菜凉');
    await release(`${await world.answer({ comment: '等得太久' })}.comment`, '等得太久');
    await world.eraseWords(submissionId);

    expect((await read()).comments).toEqual([{ kind: 'comment', text: '等得太久' }]);
    for (const job of world.slice.jobs) await job.run(new Date('2026-10-21T19:30:00Z'));
    expect((await world.decisions()).map(({ text }) => text)).toEqual(['等得太久']);
  });

  test('a text is gone, and waits for the office again, when a name was blotted out of the words it was made from', async () => {
    const submissionId = await world.answer({ comment: '小芳说饭菜凉' });
    await release(`${submissionId}.comment`, '小芳说饭菜凉');
    await world.eraseWords(submissionId, '○○说饭菜凉');

    expect((await read()).comments).toEqual([]);
    expect((await list()).comments).toMatchObject([{ text: '○○说饭菜凉', decision: null, seen: 1 }]);
    expect((await release(`${submissionId}.comment`, '饭菜凉', 1)).status).toBe(200);
    expect((await read()).comments).toEqual([{ kind: 'comment', text: '饭菜凉' }]);
  });
});
