import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { submission } from '../journeys/loop-answers.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { onDatabase, severalStartsMs } from '../support/service-process.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

const dbName = `catchup_${randomBytes(6).toString('hex')}`;
const clock = movingClock('2026-09-10T02:00:00Z');
let smtp: SmtpTestServer;

beforeAll(async () => {
  smtp = await startSmtpServer();
});

afterAll(async () => {
  await smtp.stop();
  await onDatabase({ uri: process.env['TEST_MONGODB_URI'] ?? '', dbName }, (at) => at.dropDatabase());
});

interface Run {
  readonly job: string;
  readonly startedAt: Date;
  readonly outcome: string | null;
}

/** A start of the service, after what it caught up has ended. */
async function startAndCatchUp(): Promise<TestService> {
  const service = await startTestService({ clock, smtpUrl: smtp.url, dbName });
  await eventually('every job has run once at the start', async () => {
    const runs = (await service.stored('jobRuns', { startedAt: clock.now() })) as readonly Run[];
    const ended = new Set(runs.filter(({ outcome }) => outcome === 'succeeded').map(({ job }) => job));
    return ended.has('scorecards.reconcile') && ended.has('scorecards.deliver');
  });
  return service;
}

describe('a service that was down on the closing day', () => {
  test(
    'closes the month and mails everybody once when it starts afterwards, and nothing when it starts again',
    async () => {
      const september = await startAndCatchUp();
      const answered = await httpClient(september.baseUrl).post('/api/v1/survey-responses', submission(0));
      await september.stop();
      expect(answered.json()).toMatchObject({ period: '2026-09' });
      expect(smtp.mails).toHaveLength(0);

      // The 10th working day is 20 October.
      clock.set('2026-10-25T05:30:00Z');
      const october = await startAndCatchUp();
      const departments = await october.composition.departments.listDepartments();
      const recipients = departments.flatMap(({ recipients: all }) => all.map(({ email }) => email));
      const closed = await october.composition.scorecards.periods.latest('2026-09');
      await october.stop();

      expect(closed).toMatchObject({ period: '2026-09', revision: 1, closedBy: 'system' });
      expect(smtp.mails).toHaveLength(recipients.length);
      expect(new Set(smtp.mails.map(({ envelope }) => envelope.to[0]))).toEqual(new Set(recipients));

      clock.set('2026-10-26T05:30:00Z');
      const nextDay = await startAndCatchUp();
      const still = await nextDay.composition.scorecards.periods.latest('2026-09');
      await nextDay.stop();

      expect(still).toEqual(closed);
      expect(smtp.mails).toHaveLength(recipients.length);
    },
    severalStartsMs,
  );
});
