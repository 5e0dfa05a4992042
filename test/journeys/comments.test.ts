import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hiddenField, submission } from './loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

/*
 * From a patient's pen to the department: ten patients answer in September, one writes a name, a bed and a number. The month is
 * closed. The office reads, takes out one name more, and releases; the head reads the text on the scorecard, whose frozen content
 * stays what it was; then the office takes it back.
 */

const clock = movingClock('2026-09-10T02:00:00Z');
const written = '我叫王建民,住12床,电话138 1234 5678。小芳护士好,就是饭菜凉。';
let service: TestService;
let patient: HttpClient;
const people: Record<string, HttpClient> = {};

async function openAccount(admin: HttpClient, username: string, roles: readonly object[]): Promise<void> {
  const answer = await admin.post('/api/v1/accounts', { username, displayName: username, roles });
  const { oneTimePassword } = answer.json() as { oneTimePassword: string };
  const client = httpClient(service.baseUrl);
  await client.logIn(username, oneTimePassword);
  people[username] = client;
}

const as = (username: string): HttpClient => people[username] ?? patient;

beforeAll(async () => {
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  patient = httpClient(service.baseUrl);
  for (let i = 0; i < 9; i += 1)
    await patient.post('/api/v1/survey-responses', { ...submission(i), comment: '' });
  const page = await patient.get('/s/internal-medicine');
  const fields = ['submissionId', 'formId', 'formVersion', 'noticeVersion'];
  await patient.submit('/s/internal-medicine', {
    ...Object.fromEntries(fields.map((name) => [name, hiddenField(page.text, name)])),
    comment: written,
    ...Object.fromEntries(
      Object.entries((submission(3) as { answers: Record<string, string> }).answers).map(([item, option]) => [
        `answer.${item}`,
        option,
      ]),
    ),
  });
  clock.set('2026-10-20T02:00:00Z');
  const admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
  await openAccount(admin, 'office', [{ role: 'office', departments: 'all' }]);
  await openAccount(admin, 'head', [{ role: 'head', departments: ['internal-medicine'] }]);
  await openAccount(admin, 'surgeon', [{ role: 'head', departments: ['surgery'] }]);
  await as('office').post('/api/v1/scorecards/2026-09/close');
});

afterAll(async () => {
  await service.stop();
});

const card = '/scorecards/2026-09/internal-medicine';
const frozenHash = async (): Promise<unknown> =>
  ((await as('head').get(`/api/v1${card}`)).json() as { contentHash: unknown }).contentHash;
const commentPath = async (): Promise<string> => {
  const list = await as('office').get('/office/comments?period=2026-09&state=waiting&lang=zh-Hans');
  return /href="(\/office\/comments\/[\w.-]+)"/.exec(list.text)?.[1] ?? '';
};

describe('what a patient wrote', () => {
  let path = '';
  let hash: unknown;

  test('is stored with the version of the notice that stood on the form', async () => {
    expect(await service.stored('surveyResponses', { comment: written })).toMatchObject([
      { noticeVersion: '2026-1' },
    ]);
  });

  test('reaches no department before the office has released it', async () => {
    path = await commentPath();
    hash = await frozenHash();
    const page = await as('head').get(`${card}?lang=zh-Hans`);

    expect(path).toMatch(/\.comment$/);
    expect(page.text).toContain('还没有核对过的原话');
    expect(page.text).not.toContain('饭菜凉');
    expect((await as('head').get(path)).status).toBe(403);
  });

  test('the office sees it marked, takes out a name no rule knows, and releases it', async () => {
    const page = await as('office').get(path);
    const proposal = '我叫【姓名】,住【床号】,电话【电话】。小芳护士好,就是饭菜凉。';
    expect(page.text).toContain(`${proposal}</textarea>`);

    const sent = await as('office').submit(path, {
      seen: hiddenField(page.text, 'seen'),
      decision: 'release',
      text: proposal.replace('小芳', '【职工】'),
      reason: '',
    });

    expect(sent.status).toBe(303);
  });

  test('the head reads the released text with its n, another head does not, and the frozen scorecard is what it was', async () => {
    const page = await as('head').get(`${card}?lang=zh-Hans`);
    const api = await as('head').get(`/api/v1${card}/comments`);

    expect(page.text).toContain('电话【电话】。【职工】护士好,就是饭菜凉。');
    expect(page.text).toContain('出自本月 10 份答卷');
    expect(page.text).not.toMatch(/王建民|5678|12床|小芳/);
    expect(api.json()).toMatchObject({ n: 10, minimum: 8, comments: [{ kind: 'comment' }] });
    expect((await as('surgeon').get(`/api/v1${card}/comments`)).status).toBe(403);
    expect(await frozenHash()).toBe(hash);
    expect(JSON.stringify(await service.stored('scorecards'))).not.toContain('饭菜凉');
  });

  test('a nightly job erases what was decided about words that are erased', () => {
    expect(Object.keys(service.composition.jobs.nextRuns())).toContain('purge-comments');
  });

  test('taken back, it is gone from the page at once', async () => {
    const page = await as('office').get(path);
    await as('office').submit(path, {
      seen: hiddenField(page.text, 'seen'),
      decision: 'withhold',
      text: '',
      reason: 'identifies-patient',
    });

    expect((await as('head').get(`${card}?lang=zh-Hans`)).text).not.toContain('饭菜凉');
  });
});
