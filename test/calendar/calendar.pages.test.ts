import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { hiddenField, outpatientAnswers, submission } from '../journeys/loop-answers.ts';

const clock = movingClock('2026-10-15T02:00:00Z');
let smtp: SmtpTestServer;
let service: TestService;
let second: TestService;
let office: HttpClient;

beforeAll(async () => {
  smtp = await startSmtpServer();
  service = await startTestService({ clock, smtpUrl: smtp.url });
  second = await startTestService({ clock, smtpUrl: smtp.url, dbName: service.dbName });
  office = httpClient(service.baseUrl);
  await office.logIn('admin', adminPassword);
});
afterAll(async () => {
  await second.stop();
  await service.stop();
  await smtp.stop();
});

interface Fields {
  readonly [name: string]: string;
}

/** Posts the year's form as it is shown, with changes. */
async function save(year: number, changes: Fields): ReturnType<HttpClient['submit']> {
  const page = await office.get(`/office/calendar/${year}`);
  const lines = (name: string): string =>
    new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^<]*)</textarea>`).exec(page.text)?.[1] ?? '';
  return office.submit(`/office/calendar/${year}`, {
    _csrf: hiddenField(page.text, '_csrf'),
    version: hiddenField(page.text, 'version'),
    source: hiddenField(page.text, 'source'),
    holidays: lines('holidays'),
    workingDays: lines('workingDays'),
    quietDays: lines('quietDays'),
    ...changes,
  });
}

const year2027 = {
  source: '国务院办公厅关于2027年部分节假日安排的通知',
  holidays: '1月1日至3日 元旦\n2027-02-05~2027-02-11 春节',
  workingDays: '2027-01-30',
  quietDays: '2月5日至7日',
};

describe('the office’s calendar', () => {
  test('shows a year as lines and where its months close', async () => {
    const { text } = await office.get('/office/calendar/2026');

    expect(text).toContain('2026-01-01~2026-01-03 元旦');
    expect(text).toContain('2026-02-16~2026-02-18');
    // September: 1–7 October are off, Saturday the 10th is worked.
    expect(text).toMatch(/2026-09<\/th>\s*<td[^>]*>2026-10-20/);
    expect((await office.get('/office/calendar')).headers.get('location')).toBe('/office/calendar/2026');
  });

  test('says every fault at its line and keeps what was typed', async () => {
    const holidays = '1月1日 元旦\n2月30日 春节\n2026-12-31 元旦前';

    const unread = await save(2027, { ...year2027, source: '', holidays, workingDays: '1月4日' });
    const wrong = await save(2027, { ...year2027, holidays: '1月2日 元旦', workingDays: '1月2日\n1月4日' });

    expect(unread.status).toBe(422);
    expect(unread.text).toContain('第 2 行：看不懂这一行');
    expect(unread.text).toContain('请填写依据');
    expect(unread.text).toContain('第 1 行：2027-01-04 是周一至周五');
    expect(unread.text).toContain(holidays);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('第 1 行：2027-01-02 又放假又上班');
    expect(wrong.text).toContain('第 2 行：2027-01-04 是周一至周五');
    expect(await service.stored('calendarYears', { year: 2027 })).toEqual([]);
  });

  test('from November on asks for next year on every page of the office, until it is entered; the new days hold on all instances', async () => {
    const asks = async (): Promise<boolean> =>
      (await office.get('/home')).text.includes('2027 年的节假日还没有录入');
    const before = await asks();
    clock.set('2026-11-01T02:00:00Z');
    await office.logIn('admin', adminPassword);
    const asked = [
      await asks(),
      (await office.get('/office/deliveries/2026-09')).text.includes('2027 年的节假日'),
    ];

    const saved = await save(2027, year2027);

    expect([before, ...asked]).toEqual([false, true, true]);
    expect(saved.status).toBe(303);
    expect(await asks()).toBe(false);
    // February 2027 closes on the 10th working day of March; January on the 10th of February: 1–4, 12, 15–19 …
    expect((await office.get('/office/calendar/2027')).text).toMatch(/2027-01<\/th>\s*<td[^>]*>2027-02-19/);
    await eventually('the other instance asks no more', async () => {
      const other = httpClient(second.baseUrl);
      await other.logIn('admin', adminPassword);
      return !(await other.get('/home')).text.includes('2027 年');
    });
    expect(await service.stored('auditEvents', { action: 'calendar.save' })).toMatchObject([
      {
        subject: 'calendar/2027',
        outcome: 'attempted',
        fields: ['source', 'holidays', 'workingDays', 'quietDays'],
      },
      { subject: 'calendar/2027', outcome: 'succeeded' },
    ]);
  });

  test('a version that another has replaced is refused, with everything typed still there', async () => {
    const stale = await save(2027, { version: '2026-01-01T00:00:00.000Z', source: '我的依据' });

    expect(stale.status).toBe(409);
    expect(stale.text).toContain('我的依据');
    expect(stale.text).toContain('另一位工作人员');
  });

  test('the API writes a year and answers it; wrong days come back with their pointers', async () => {
    const body = { source: '通知', holidays: [{ date: '2028-01-01', name: '元旦' }], workingDays: [] };

    const missing = await office.get('/api/v1/calendar/2028');
    const put = await office.put('/api/v1/calendar/2028', body);
    const wrong = await office.put('/api/v1/calendar/2028', { ...body, workingDays: ['2028-01-01'] });

    expect(missing.status).toBe(404);
    expect(put.json()).toMatchObject({ ...body, year: 2028, origin: 'edited', quietDays: [] });
    expect(wrong.status).toBe(422);
    expect(wrong.json()).toMatchObject({ errors: [{ pointer: '/workingDays/0', code: 'both' }] });
  });

  test('a month that is closed stays closed when its closing day moves into the future, and an edit survives a restart', async () => {
    await httpClient(service.baseUrl).post('/api/v1/survey-responses', {
      ...submission(1),
      answers: outpatientAnswers(1),
    });
    clock.set('2026-12-14T02:00:00Z');
    await office.logIn('admin', adminPassword);
    await service.composition.deliveries.reconcile();
    const { latest } = service.composition.scorecards.periods;
    const closed = await latest('2026-11');
    const sent = smtp.mails.length;

    await save(2026, { holidays: '2026-10-01~2026-10-07 国庆节\n2026-12-01~2026-12-31 冬歇' });
    await service.composition.deliveries.reconcile();
    const third = await startTestService({ clock, smtpUrl: smtp.url, dbName: service.dbName });
    await third.composition.deliveries.reconcile();
    await third.stop();

    expect(closed).toMatchObject({ revision: 1 });
    expect(await latest('2026-11')).toEqual(closed);
    expect(smtp.mails).toHaveLength(sent);
    const { text } = await office.get('/office/calendar/2026');
    expect(text).toContain('2026-12-01~2026-12-31 冬歇');
    expect(text).toMatch(
      /2026-11<\/th>\s*<td[^>]*>2027-01-1\d<\/td>\s*<td[^>]*><span class="badge badge-good">已结账/,
    );
  });
});
