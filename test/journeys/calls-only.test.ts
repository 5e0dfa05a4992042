import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { httpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import type { MovingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

/* A hospital goes live with its discharges; the first answer comes later. */

let service: TestService;
let smtp: SmtpTestServer;
let clock: MovingClock;

beforeAll(async () => {
  smtp = await startSmtpServer();
  clock = movingClock('2026-09-21T02:00:00Z');
  service = await startTestService({ clock, smtpUrl: smtp.url });
}, 60_000);
afterAll(async () => {
  await service.stop();
  await smtp.stop();
});

test('a month with discharges and not one answer is closed and mailed by itself', async () => {
  const office = httpClient(service.baseUrl);
  await office.logIn('admin', adminPassword);
  await office.post('/api/v1/discharges', {
    discharges: [
      {
        admissionNo: 'ZY1',
        departmentCode: 'surgery',
        dischargedOn: '2026-09-05',
        patientName: '李秀兰',
        phone: '13800138000',
      },
    ],
  });
  clock.set('2026-10-20T00:00:00Z');

  await service.composition.deliveries.reconcile();

  expect(await service.composition.scorecards.periods.latest('2026-09')).toMatchObject({ period: '2026-09' });
  expect(smtp.mails.length).toBeGreaterThan(0);
});
