import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outpatientAnswers, submission } from '../journeys/loop-answers.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

/* Two instances on one database: live in August, back in trial from September to the 5th of November, then live again. */

const clock = movingClock('2026-08-20T02:00:00Z');
let smtp: SmtpTestServer;
let service: TestService;
let second: TestService;
let admin: HttpClient;
let patient: HttpClient;

beforeAll(async () => {
  smtp = await startSmtpServer();
  service = await startTestService({ clock, smtpUrl: smtp.url });
  second = await startTestService({ clock, smtpUrl: smtp.url, dbName: service.dbName });
  admin = httpClient(service.baseUrl);
  patient = httpClient(service.baseUrl);
});
afterAll(async () => {
  await second.stop();
  await service.stop();
  await smtp.stop();
});

const answer = async (i: number): Promise<number> =>
  (await patient.post('/api/v1/survey-responses', { ...submission(i), answers: outpatientAnswers(i) }))
    .status;
const logIn = (): Promise<void> => admin.logIn('admin', adminPassword);

describe('trial and live operation', () => {
  test('a switch asks for a confirmation, is audited, stands on the page, and another instance follows by itself', async () => {
    await logIn();
    for (let i = 0; i < 6; i += 1) await answer(i);
    clock.set('2026-08-31T15:00:00Z');
    await logIn();
    const page = await admin.get('/office/operation');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const unconfirmed = await admin.submit('/office/operation', { _csrf: csrf, mode: 'trial' });
    const confirmed = await admin.submit('/office/operation', {
      _csrf: csrf,
      mode: 'trial',
      understood: 'yes',
    });
    const again = await admin.put('/api/v1/operation', { mode: 'trial' });

    expect(page.text).toContain('现在是正式运行');
    expect(unconfirmed.status).toBe(422);
    expect(unconfirmed.text).toContain('勾选');
    expect(confirmed.status).toBe(303);
    expect((await admin.get('/office/operation')).text).toContain('现在是试运行');
    expect(again.json()).toMatchObject({ mode: 'trial', switches: [{ mode: 'live' }, { mode: 'trial' }] });
    expect(await service.stored('auditEvents', { action: 'operation.switch' })).toMatchObject([
      { subject: 'operation/trial', outcome: 'attempted' },
      { subject: 'operation/trial', outcome: 'succeeded' },
    ]);
    const other = httpClient(second.baseUrl);
    await eventually('the other instance says it is a trial', async () =>
      (await other.get('/')).text.includes('试运行'),
    );
    expect((await other.get('/login')).text).toContain('试运行');
  });

  test('trial answers are in no provisional figure, and a live month before the trial still closes and is mailed', async () => {
    clock.set('2026-09-15T02:00:00Z');
    for (let i = 0; i < 7; i += 1) expect(await answer(i)).toBe(201);

    await service.composition.deliveries.reconcile();
    const september = await service.composition.scorecards.closeMonth.dryRun('2026-09');

    expect(await service.composition.scorecards.periods.latest('2026-08')).toMatchObject({ revision: 1 });
    expect(smtp.mailsTo('wang.jianguo@hospital.example')).toHaveLength(1);
    expect(september.flatMap(({ sections }) => sections)).toEqual([]);
    expect(await service.stored('surveyResponses', { trial: true })).toHaveLength(7);
    expect(await service.stored('surveyResponses', { trial: false })).toHaveLength(6);
  });

  test('a month without any live operation is neither closed nor mailed; the one of going live is, with its live answers', async () => {
    clock.set('2026-10-30T02:00:00Z');
    await service.composition.deliveries.reconcile();
    const sent = smtp.mails.length;
    clock.set('2026-11-05T02:00:00Z');
    await logIn();
    await admin.put('/api/v1/operation', { mode: 'live' });
    for (let i = 0; i < 6; i += 1) await answer(i);

    clock.set('2026-12-15T02:00:00Z');
    await service.composition.deliveries.reconcile();

    const { latest } = service.composition.scorecards.periods;
    expect(await Promise.all(['2026-09', '2026-10'].map(latest))).toEqual([null, null]);
    expect(await latest('2026-11')).toMatchObject({ revision: 1 });
    expect(smtp.mails.length).toBe(sent * 2);
    expect(smtp.mailsTo('wang.jianguo@hospital.example').at(-1)?.parsed.text).toContain('有效问卷 6 份');
  });

  test('nobody but the administrator and the office may switch', async () => {
    expect((await patient.get('/office/operation')).status).toBe(303);
    expect((await patient.put('/api/v1/operation', { mode: 'live' })).status).toBe(401);
  });
});
