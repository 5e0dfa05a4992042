import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { FrozenScorecard } from '../../src/scorecards/scorecard.ts';
import { callResults, hiddenField, outpatientAnswers, submission } from './loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

/*
 * The whole loop, as people and machines use it: forty patients answer, twenty are discharged, a nurse calls, the month
 * closes on the 10th working day across a worked Saturday, the heads get their scorecards. Every expected number is
 * worked by hand in a comment.
 */

const clock = movingClock('2026-09-10T02:00:00Z');
let smtp: SmtpTestServer;
let service: TestService;
let patient: HttpClient;

beforeAll(async () => {
  smtp = await startSmtpServer();
  service = await startTestService({ clock, smtpUrl: smtp.url });
  patient = httpClient(service.baseUrl);
});

afterAll(async () => {
  await service.stop();
  await smtp.stop();
});

async function answerOnPage(i: number): Promise<number> {
  const page = await patient.get('/s/internal-medicine');
  const answers: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries(outpatientAnswers(i)).map(([item, option]): [string, string] => [
      `answer.${item}`,
      option,
    ]),
  );
  const answer = await patient.submit('/s/internal-medicine', {
    submissionId: hiddenField(page.text, 'submissionId'),
    formId: hiddenField(page.text, 'formId'),
    formVersion: hiddenField(page.text, 'formVersion'),
    answeredBy: 'patient',
    comment: '',
    ...answers,
  });
  return answer.status;
}

interface ListedCall {
  readonly id: string;
}

async function logAttempt(nurse: HttpClient, call: ListedCall, attempt: object): Promise<number> {
  await nurse.post(`/api/v1/follow-up-calls/${call.id}/claim`);
  const logged = await nurse.post(`/api/v1/follow-up-calls/${call.id}/attempts`, {
    attemptId: randomUUID(),
    startedAt: clock.now().toISOString(),
    durationSeconds: 95,
    ...attempt,
  });
  return logged.status;
}

describe('the loop of one month', () => {
  test('forty outpatients answer, half on the page and half through the API', async () => {
    const onPage = await Promise.all(Array.from({ length: 20 }, (_, i) => answerOnPage(i)));
    const byApi = await Promise.all(
      Array.from({ length: 20 }, (_, i) => patient.post('/api/v1/survey-responses', submission(i + 20))),
    );

    expect(onPage).toEqual(Array.from({ length: 20 }, () => 303));
    expect(byApi.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(byApi[0]?.json()).toMatchObject({ period: '2026-09', completeness: 'complete' });
  });

  test('the same submission fifty times at once is one response with fifty equal answers', async () => {
    // A partial response (one item): it is counted apart, so that the figures below stay those of the forty.
    const body = { ...submission(0), answers: { overall: 'satisfied' } };

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => patient.post('/api/v1/survey-responses', body)),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
  });

  test('twenty discharges open twenty calls, and a nurse of the department logs eighteen of them', async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);
    const batch = {
      discharges: Array.from({ length: 20 }, (_, i) => ({
        admissionNo: `ZY2026090${String(i).padStart(3, '0')}`,
        departmentCode: 'surgery',
        dischargedOn: '2026-09-05',
        dischargeWay: 'home',
        patientName: '李秀兰',
        phone: `1380013${String(8000 + i)}`,
      })),
    };
    const registered = await office.post('/api/v1/discharges', batch);
    const again = await office.post('/api/v1/discharges', batch);
    const account = await office.post('/api/v1/accounts', {
      username: 'nurse.wang',
      displayName: '王护士',
      roles: [{ role: 'nurse', departments: ['surgery'] }],
    });
    const nurse = httpClient(service.baseUrl);
    await nurse.logIn('nurse.wang', (account.json() as { oneTimePassword: string }).oneTimePassword);

    const listed = await nurse.get('/api/v1/follow-up-calls?state=due&limit=50');
    const calls = (listed.json() as { calls: readonly ListedCall[] }).calls;
    const statuses: number[] = [];
    for (const [index, result] of callResults.entries()) {
      statuses.push(await logAttempt(nurse, calls[index] ?? { id: 'missing' }, result));
    }

    expect(registered.json()).toMatchObject({ created: 20, updated: 0, unchanged: 0, rejected: 0 });
    expect(again.json()).toMatchObject({ created: 0, unchanged: 20 });
    expect(calls).toHaveLength(20);
    expect(statuses).toEqual(Array.from({ length: 18 }, () => 201));
    expect(listed.text).not.toContain('李秀兰');
  });

  test('on the 9th working day nothing is closed and nothing is mailed', async () => {
    clock.set('2026-10-19T00:30:00Z');

    await service.composition.deliveries.reconcile();

    expect(await service.composition.scorecards.periods.latest('2026-09')).toBeNull();
    expect(smtp.mails).toHaveLength(0);
  });

  test('on the 10th working day, the worked Saturday counted, every recipient gets one mail', async () => {
    // 1–7 October are off; 8, 9, Saturday 10 (worked), 12–16, 19, 20 October are working days 1–10.
    clock.set('2026-10-20T00:00:00Z');
    const departments = await service.composition.departments.listDepartments();
    const recipients = departments.flatMap((department) =>
      department.recipients.map(({ email }) => `${department.code} ${email}`),
    );

    await service.composition.deliveries.reconcile();

    expect(smtp.mails).toHaveLength(recipients.length);
    expect(smtp.mailsTo('wang.jianguo@hospital.example')).toHaveLength(1);
  });

  test('the mail’s numbers are the hand-worked ones, in both of its parts', () => {
    const [mail] = smtp.mailsTo('wang.jianguo@hospital.example');
    const text = mail?.parsed.text ?? '';
    const html = String(mail?.parsed.html);

    expect(mail?.parsed.subject).toContain('内科');
    for (const part of [text, html]) {
      // 40 complete responses and one partial.
      expect(part).toContain('有效问卷 40 份');
      // overall: (24 + 12) / 40 = 90.0 %; Wilson 0.76946–0.96042; top box 24 / 40; mean (2400 + 900 + 150 + 25) / 40 = 86.875.
      expect(part).toContain('90.0%');
      expect(part).toMatch(/76\.9%?\s*[–—-]\s*96\.0%/);
      expect(part).toContain('60.0%');
      expect(part).toContain('86.9');
      // waiting-time: 30 / 40 = 75.0 %; Wilson 0.59812–0.85814; mean (1000 + 1500 + 250) / 40 = 68.75.
      expect(part).toContain('75.0%');
      expect(part).toMatch(/59\.8%?\s*[–—-]\s*85\.8%/);
      expect(part).toContain('68.8');
      // nurse-attitude: twenty answers are N/A; the other 20 of 20 are satisfied: counts, no percentage.
      expect(part).toContain('20/20');
    }
  });

  test('nothing in any mail names a patient, a comment or a confidential answer', () => {
    for (const { raw, parsed } of smtp.mails) {
      const all = `${raw}${parsed.text}${String(parsed.html)}`;
      expect(all).not.toMatch(/李秀兰|张三丰|1380013|ZY2026090|红包|12 床/);
    }
  });

  test('the page a mail links to shows the same numbers to its head and is refused to another department’s', async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);
    const head = async (username: string, department: string): Promise<HttpClient> => {
      const account = await office.post('/api/v1/accounts', {
        username,
        displayName: username,
        roles: [{ role: 'head', departments: [department] }],
      });
      const client = httpClient(service.baseUrl);
      await client.logIn(username, (account.json() as { oneTimePassword: string }).oneTimePassword);
      return client;
    };
    const text = smtp.mailsTo('wang.jianguo@hospital.example')[0]?.parsed.text ?? '';
    const link = /http:\/\/satisfaction\.hospital\.example(\/scorecards\/\S+)/.exec(text)?.[1] ?? '';

    const own = await (await head('head.nei', 'internal-medicine')).get(link);
    const other = await (await head('head.wai', 'surgery')).get(link);

    expect(link).toBe('/scorecards/2026-09/internal-medicine');
    expect(own.status).toBe(200);
    for (const figure of ['90.0%', '75.0%', '86.9', '20/20']) expect(own.text).toContain(figure);
    expect(other.status).toBe(403);
  });

  test('the calls of the surgical department are counted as AAPOR says', async () => {
    const [row] = await service.stored('scorecards', { _id: '2026-09:r1:surgery' });
    const card = (row as { scorecard: FrozenScorecard }).scorecard;

    // 20 discharges: 12 complete, 3 refused, 2 + 1 not reached, 2 never called (non-contact).
    expect(card.calls).toMatchObject({ discharges: 20, calls: 20, attempted: 18 });
    expect(card.calls?.classes).toMatchObject({ I: 12, P: 0, R: 3, NC: 5, NE: 0 });
    // overall by phone: 9 + 2 of 12.
    expect(card.sections[0]?.items.find(({ code }) => code === 'overall')?.satisfied).toEqual({
      x: 11,
      n: 12,
    });
    expect(card.sections[0]?.responses.byMode).toEqual([{ mode: 'phone', verification: 'call', n: 12 }]);
  });

  test('reconciling again, closing again and a second instance change nothing and mail nobody', async () => {
    const before = await service.composition.scorecards.periods.latest('2026-09');
    const sent = smtp.mails.length;
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);
    const second = await startTestService({ clock, smtpUrl: smtp.url, dbName: service.dbName });

    await Promise.all([
      service.composition.deliveries.reconcile(),
      second.composition.deliveries.reconcile(),
    ]);
    const closed = await office.post('/api/v1/scorecards/2026-09/close');
    await second.stop();

    expect(closed.status).toBe(200);
    expect(closed.json()).toMatchObject({ revision: 1, contentHash: before?.contentHash });
    expect(smtp.mails).toHaveLength(sent);
  });
});
