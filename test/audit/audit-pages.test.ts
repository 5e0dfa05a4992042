import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
let admin: HttpClient;
let auditor: HttpClient;
const clock = movingClock('2026-11-02T02:00:00Z');

interface Listed {
  readonly items: readonly Record<string, unknown>[];
  readonly next: string | null;
}
const list = async (query: string): Promise<Listed> =>
  (await auditor.get(`/api/v1/audit-events?${query}`)).json() as Listed;

beforeAll(async () => {
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
  const made = await admin.post('/api/v1/accounts', {
    username: 'shen',
    displayName: '沈审计',
    roles: [{ role: 'auditor', departments: 'all' }],
  });
  auditor = httpClient(service.baseUrl);
  await auditor.logIn('shen', (made.json() as { oneTimePassword: string }).oneTimePassword);
});
afterAll(() => service.stop());

describe('the audit trail', () => {
  test('is for auditors only', async () => {
    for (const path of ['/audit', '/api/v1/audit-events', '/api/v1/audit-events/export.csv']) {
      expect([path, (await admin.get(path)).status]).toEqual([path, 403]);
      expect([path, (await httpClient(service.baseUrl).get(path)).status]).not.toEqual([path, 200]);
      expect([path, (await auditor.get(path)).status]).toEqual([path, 200]);
    }
  });

  test('tells of a change by a person: announced, done, by whom, from where', async () => {
    clock.advance(60_000);
    const changed = await admin.put('/api/v1/staff/A-001', {
      name: '王芳',
      post: 'nurse',
      departmentCode: 'surgery',
    });
    expect(changed.status).toBeLessThan(300);

    const subject = 'PUT /api/v1/staff/:staffNumber';
    await eventually(
      'the outcome',
      async () => (await list(`subject=${encodeURIComponent(subject)}`)).items.length === 2,
    );
    const { items } = await list(`actor=admin&subject=${encodeURIComponent(subject)}`);

    expect(items.map(({ outcome, unfinished }) => [outcome, unfinished])).toEqual([
      ['succeeded', false],
      ['attempted', false],
    ]);
    expect(items[0]).toMatchObject({ action: 'request.change', address: '127.0.0.1' });
    expect(items[0]?.['actorName']).not.toBeNull();
    const same = await list(`requestId=${String(items[0]?.['requestId'])}`);
    expect(same.items.map(({ action, subject: what, outcome }) => [action, what, outcome])).toContainEqual([
      'staff-member.save',
      'staff-member/A-001',
      'succeeded',
    ]);
    expect(JSON.stringify(same)).not.toContain('王芳');
  });

  test('tells of a change that was refused', async () => {
    const before = (await list('outcome=refused')).items.length;

    expect((await admin.post('/api/v1/accounts/nobody/disable')).status).toBe(404);

    const { items } = await list('outcome=refused');
    expect(items).toHaveLength(before + 1);
    expect(items[0]).toMatchObject({ subject: 'POST /api/v1/accounts/:accountId/disable' });
  });

  test('is read page by page without missing or doubling an event, and refuses a cursor of its own making', async () => {
    const all = (await list('until=2026-11-02&limit=200')).items.map(({ id }) => id);
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Listed = await list(`until=2026-11-02&limit=3&cursor=${encodeURIComponent(cursor)}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }

    expect(paged).toEqual(all);
    expect((await auditor.get('/api/v1/audit-events?cursor=x')).status).toBe(400);
    expect((await list('from=2026-11-03')).items).toEqual([]);
  });

  test.each(['from', 'until'])(
    'says of a day that does not exist, as `%s`, that there is none',
    async (name) => {
      const query = `${name}=2026-02-31`;

      const answer = await auditor.get(`/api/v1/audit-events?${query}`);

      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({ errors: [{ pointer: `/${name}`, code: 'calendar_date' }] });
      expect((await auditor.get(`/api/v1/audit-events/export.csv?${query}`)).status).toBe(400);
      expect((await auditor.get(`/audit?${query}`)).status).toBe(400);
      expect((await auditor.get(`/audit?${name}=`)).status).toBe(200);
      expect((await auditor.get(`/audit?${name}=9999-12-31`)).status).toBe(200);
    },
  );

  test('shows an announcement that nothing followed', async () => {
    const { recordAuditEvent } = service.composition.audit;
    const event = {
      actor: 'system',
      action: 'scorecard.close',
      subject: 'period/2026-10',
      requestId: 'r-dead',
    };
    await recordAuditEvent({ ...event, outcome: 'attempted' });

    expect((await list('requestId=r-dead')).items).toMatchObject([{ unfinished: true }]);
    expect((await auditor.get('/audit?requestId=r-dead')).text).toContain('没有结果');
  });

  test('is exported as CSV without formulas, and the export is in it', async () => {
    const { recordAuditEvent } = service.composition.audit;
    await recordAuditEvent({
      actor: 'system',
      action: 'x',
      subject: '=HYPERLINK("http://x")',
      outcome: 'failed',
    });

    const { text, headers } = await auditor.get('/api/v1/audit-events/export.csv?action=x');

    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')[1]).toContain(`"'=HYPERLINK(""http://x"")"`);
    const bytes = await fetch(`${service.baseUrl}/api/v1/audit-events/export.csv`);
    expect(bytes.status).toBe(401);
    await eventually('the export', async () => {
      const { items } = await list('action=request.export&outcome=succeeded');
      return items.some(({ subject }) => subject === 'GET /api/v1/audit-events/export.csv');
    });
  });

  test('says on its page whether it is whole, and that it is not once somebody has changed it', async () => {
    await service.composition.audit.verifyAndKeep();
    expect((await auditor.get('/audit')).text).toContain('完好');

    const { store } = service.composition.audit;
    const [last] = await store.latest(1);
    await store.removeUpTo({ chain: last?.id.split('/')[0] ?? '', seq: 2, mac: '' });
    await service.composition.audit.verifyAndKeep();

    const { text } = await auditor.get('/audit?lang=en');
    expect(text).toContain('Problems found');
    expect(text).toContain('Events were removed.');
  });

  test('has nothing of a patient’s answer', async () => {
    const patient = httpClient(service.baseUrl);
    const before = (await service.stored('auditEvents')).length;
    await patient.get('/s/surgery');
    await patient.submit('/s/surgery', { submissionId: 'x' });
    await patient.post('/api/v1/survey-responses', { nothing: 'right' });

    expect(await service.stored('auditEvents')).toHaveLength(before);
  });
});
