import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { loadConfig } from '../../src/shared/config.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { startService } from '../../src/start-service.ts';
import { launchBrowser } from '../support/browser.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import type { MovingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { august, callResult, october, september, submissionOf } from './staff-answers.ts';
import type { Batch } from './staff-answers.ts';
import { openAccounts } from './staff-people.ts';
import type { Person } from './staff-people.ts';

/**
 * The whole service after two closed months, on 20 October 2026 at ten in the morning: scorecards of every kind, deliveries in
 * every state, calls to make. A second instance on the same database has caught August's mails in `/mailbox`.
 */
export interface StaffSite {
  readonly base: string;
  readonly mailboxBase: string;
  readonly clock: MovingClock;
  readonly smtp: SmtpTestServer;
  readonly service: TestService;
  readonly browser: Browser;
  /** A logged-in browser: `office` (who also manages accounts), `nurse`, `head`, `doctor` on duty, `auditor` or `ethics` inspector. */
  readonly openAs: (who: Person, options?: Parameters<Browser['newContext']>[0]) => Promise<BrowserContext>;
  readonly passwordOf: (who: Person) => string;
  readonly close: () => Promise<void>;
}

interface Mailbox {
  readonly baseUrl: string;
  readonly reconcile: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function startMailbox(clock: MovingClock, dbName: string): Promise<Mailbox> {
  const root = projectRoot();
  const dataFolder = mkdtempSync(join(tmpdir(), 'staff-mailbox-'));
  const config = loadConfig(root, {
    NODE_ENV: 'test',
    MONGODB_URI: process.env['TEST_MONGODB_URI'],
    MONGODB_DATABASE: dbName,
    DATA_DIR: dataFolder,
  });
  const service = await startService({ root, config, clock, random: () => 0.5, log: silentLogger });
  const { composition } = await service.ready;
  return {
    baseUrl: `http://127.0.0.1:${service.port}`,
    reconcile: () => composition.deliveries.reconcile(),
    stop: async () => {
      await service.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function inTurns<T>(inputs: readonly T[], work: (input: T) => Promise<void>): Promise<void> {
  const waiting = [...inputs];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function form(client: HttpClient, group: string): Promise<Parameters<typeof submissionOf>[0]> {
  return (await client.get(`/api/v1/survey-forms/${group}`)).json() as Parameters<typeof submissionOf>[0];
}

/** What the first patient of each batch writes, who wants to be called back. */
const words = {
  comment: '我叫张三,住12床,电话13812345678。李医生很耐心,就是饭菜凉,等检查等了两个小时,希望改进。',
  mayPublish: true,
  contact: { reachAt: '13812345678', name: '张三' },
};

/** The office lets a department read what one of its patients wrote. */
async function releaseWords(office: HttpClient, period: string, department: string): Promise<void> {
  const listed = await office.get(`/api/v1/comments?period=${period}&department=${department}`);
  const { comments } = listed.json() as { comments: readonly { id: string; proposal: string }[] };
  const { id = '', proposal: text = '' } = comments[0] ?? {};
  const { status, text: said } = await office.post(`/api/v1/comments/${id}/release`, { seen: 0, text });
  if (status !== 200) throw new Error(`The words were not released: ${said}`);
}

async function answer(baseUrl: string, batches: readonly Batch[]): Promise<void> {
  const patient = httpClient(baseUrl);
  const outpatient = await form(patient, 'outpatient');
  const bodies = batches.flatMap(({ departmentCode, count, contentment }) =>
    Array.from({ length: count }, (_, i) => ({
      ...submissionOf(outpatient, i, contentment),
      departmentCode,
      mode: 'web',
      ...(i === 0 ? words : {}),
    })),
  );
  await inTurns(bodies, async (body) => {
    const { status, text } = await patient.post('/api/v1/survey-responses', body);
    if (status !== 201) throw new Error(`An answer was refused with ${status}: ${text}`);
  });
}

async function discharge(office: HttpClient, month: string, count: number): Promise<void> {
  const discharges = Array.from({ length: count }, (_, i) => ({
    admissionNo: `ZY${month.replace('-', '')}${String(i).padStart(4, '0')}`,
    departmentCode: i % 4 === 3 ? 'obstetrics' : 'surgery',
    nursingUnit: '三病区',
    dischargedOn: `${month}-${String(3 + (i % 6)).padStart(2, '0')}`,
    dischargeWay: 'home',
    patientName: '李秀兰',
    phone: `1380013${String(8000 + i)}`,
  }));
  const { status, text } = await office.post('/api/v1/discharges', { discharges });
  if (status >= 300) throw new Error(`The discharges were refused with ${status}: ${text}`);
}

async function logCalls(nurse: HttpClient, clock: MovingClock, count: number): Promise<void> {
  const discharged = await form(nurse, 'discharged');
  const listed = await nurse.get('/api/v1/follow-up-calls?state=due&limit=200');
  const { calls } = listed.json() as { calls: readonly { id: string; departmentCode: string }[] };
  // Ids are random: in their order the results of a department, and so its scorecard, would be others each time.
  const inOrder = calls.toSorted((a, b) => (a.departmentCode < b.departmentCode ? -1 : 1));
  for (const [i, { id }] of inOrder.slice(0, count).entries()) {
    await nurse.post(`/api/v1/follow-up-calls/${id}/claim`);
    const { status, text } = await nurse.post(`/api/v1/follow-up-calls/${id}/attempts`, {
      attemptId: randomUUID(),
      startedAt: clock.now().toISOString(),
      durationSeconds: 120,
      redFlag: i === 0,
      ...callResult(discharged, i),
    });
    if (status !== 201) throw new Error(`A call was refused with ${status}: ${text}`);
  }
}

async function fill(
  { clock, service, smtp, mailbox }: Pick<StaffSite, 'clock' | 'service' | 'smtp'> & { mailbox: Mailbox },
  passwords: ReadonlyMap<string, string>,
): Promise<void> {
  const { baseUrl } = service;
  const [office, nurse] = [httpClient(baseUrl), httpClient(baseUrl)];
  const logIn = async (): Promise<void> => {
    await office.logIn('office', passwords.get('office') ?? '');
    await nurse.logIn('nurse', passwords.get('nurse') ?? '');
  };
  await answer(baseUrl, august);
  clock.set('2026-09-14T00:30:00Z');
  await mailbox.reconcile();
  clock.set('2026-09-14T02:00:00Z');
  await answer(baseUrl, september);
  await logIn();
  await discharge(office, '2026-09', 64);
  await logCalls(nurse, clock, 58);
  clock.set('2026-10-20T00:00:00Z');
  smtp.behave('zhao.li@hospital.example', { at: 'rcpt', code: 550, text: '5.1.1 No such mailbox here' });
  smtp.behave('sun.mei@hospital.example', { at: 'drop-after-data' });
  await service.composition.deliveries.reconcile();
  // What came before the ten minutes' step that the 快报 of ten o'clock is counted at.
  clock.set('2026-10-20T01:00:00Z');
  await answer(baseUrl, october);
  clock.set('2026-10-20T02:00:00Z');
  await logIn();
  await releaseWords(office, '2026-09', 'internal-medicine');
  await discharge(office, '2026-10', 14);
  await logCalls(nurse, clock, 2);
}

/** Starts and fills the site (about ten seconds); close it afterwards. */
export async function openStaffSite(): Promise<StaffSite> {
  const clock = movingClock('2026-08-18T02:00:00Z');
  const smtp = await startSmtpServer();
  const service = await startTestService({ clock, smtpUrl: smtp.url });
  const mailbox = await startMailbox(clock, service.dbName);
  const passwords = await openAccounts(service.baseUrl);
  await fill({ clock, service, smtp, mailbox }, passwords);
  const browser = await launchBrowser();
  return {
    base: service.baseUrl,
    mailboxBase: mailbox.baseUrl,
    clock,
    smtp,
    service,
    browser,
    openAs: async (who, options = {}) => {
      const context = await browser.newContext({ baseURL: service.baseUrl, ...options });
      const page = await context.newPage();
      await page.goto('/login');
      await page.fill('#username', who);
      await page.fill('#password', passwords.get(who) ?? '');
      await page.click('button[type=submit].button-wide');
      await page.waitForURL((url) => url.pathname !== '/login');
      await page.close();
      return context;
    },
    passwordOf: (who) => passwords.get(who) ?? '',
    close: async () => {
      await browser.close();
      await mailbox.stop();
      await service.stop();
      await smtp.stop();
    },
  };
}
