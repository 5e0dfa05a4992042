import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deepRuns } from '../support/deep.ts';
import { endAll } from '../support/service-process.ts';
import type { StoredDocument } from '../support/service-process.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { dueAnswers, openDueMonth } from './due-month.ts';

const races = deepRuns(1, 10);
const limitMs = races * 180_000;

let smtp: SmtpTestServer;
let answers: readonly StoredDocument[];

beforeAll(async () => {
  smtp = await startSmtpServer();
  answers = await dueAnswers(smtp);
}, limitMs);

afterAll(async () => {
  await endAll();
  await smtp.stop();
});

describe('two instances on one database when a month is due', () => {
  test(
    'close it once, and each recipient gets one mail',
    async () => {
      for (let race = 0; race < races; race += 1) {
        const month = await openDueMonth(answers, smtp);
        const mailsBefore = smtp.mails.length;
        const both = await Promise.all([month.start(), month.start()]);
        await Promise.all(both.map((service) => service.ready()));
        await Promise.all(both.map((service) => month.caughtUp(service)));
        const [periods, scorecards, rows] = [
          await month.stored('reportingPeriods'),
          await month.stored('scorecards'),
          await month.stored('deliveries'),
        ];
        const ends = await Promise.all(both.map((service) => service.stop()));
        const mails = smtp.mails.slice(mailsBefore);
        await month.drop();

        expect(periods).toMatchObject([{ period: month.period, revision: 1 }]);
        const departments = scorecards.map(({ departmentCode }) => String(departmentCode));
        expect(new Set(departments).size).toBe(departments.length);
        expect(rows.length).toBeGreaterThan(5);
        expect(rows.map(({ state, attempts }) => [state, (attempts as unknown[]).length])).toEqual(
          rows.map(() => ['accepted', 1]),
        );
        const ids = mails.map(({ parsed }) => parsed.messageId);
        expect(ids).toHaveLength(rows.length);
        expect(new Set(ids).size).toBe(rows.length);
        expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      }
    },
    limitMs,
  );
});

describe('a process killed after the mail server took the mail and before the ledger knew', () => {
  test(
    'leaves that row unknown when its lease is over; no start sends it again, and every other row is sent once',
    async () => {
      const month = await openDueMonth(answers, smtp);
      const mailsBefore = smtp.mails.length;
      smtp.behave('*', { at: 'hold' });
      const killed = await month.start();
      await smtp.arrived(mailsBefore + 1);
      killed.signal('SIGKILL');
      await killed.ended;
      smtp.behave('*', null);
      smtp.release();
      const taken = new Set(smtp.mails.slice(mailsBefore).map(({ parsed }) => parsed.messageId));
      expect(taken.size).toBeGreaterThan(0);

      const next = await month.start();
      await next.ready();
      await month.caughtUp(next);
      await next.stop();
      const leased = (await month.stored('deliveries')).filter(({ state }) => state === 'sending');
      expect(leased.length).toBeGreaterThanOrEqual(taken.size);
      await month.change('deliveries', { state: 'sending' }, { leaseUntil: new Date(Date.now() - 1_000) });
      const last = await month.start();
      await last.ready();
      await month.caughtUp(last);
      await last.stop();
      const rows = await month.stored('deliveries');
      await month.drop();

      const unknown = rows.filter(({ state }) => state === 'unknown').map(({ _id }) => _id);
      expect(unknown).toEqual(leased.map(({ _id }) => _id));
      expect(rows.filter(({ state }) => state !== 'unknown' && state !== 'accepted')).toEqual([]);
      const ids = smtp.mails.slice(mailsBefore).map(({ parsed }) => parsed.messageId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(rows.length - (leased.length - taken.size));
    },
    limitMs + 60_000,
  );
});
