import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { deepRuns } from '../support/deep.ts';
import { endAll } from '../support/service-process.ts';
import type { StoredDocument } from '../support/service-process.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { dueAnswers, openDueMonth } from './due-month.ts';
import type { DueMonth } from './due-month.ts';
import { callsAtWork } from './nurses.ts';
import type { Nurses } from './nurses.ts';
import { startPhones } from './phones.ts';
import type { Phones } from './phones.ts';

const rounds = deepRuns(3, 30);
const limitMs = rounds * 180_000;
const longestMs = 2_500;

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

/** When to kill, in ms after the start of the work: the same in every quick run, spread over the whole in the deep one. */
const delayOf = (round: number): number => Math.round(((round * 0.618_033_988_75 + 0.12) % 1) * longestMs);

async function killed(month: DueMonth, round: number): Promise<{ phones: Phones; nurses: Nurses }> {
  const service = await month.start();
  await service.ready();
  const phones = startPhones(5, () => service.baseUrl);
  const nurses = await callsAtWork(service.baseUrl, round);
  await pause(delayOf(round));
  service.signal('SIGKILL');
  await service.ended;
  await Promise.all([phones.giveUp(), nurses.giveUp()]);
  return { phones, nurses };
}

async function checkAnswers(month: DueMonth, phones: Phones, baseUrl: string): Promise<void> {
  const ids = (await month.stored('surveyResponses')).map(({ _id }) => _id);
  expect(ids).toEqual(expect.arrayContaining([...phones.receipts.keys()]));
  const known = new Set(ids);
  expect(known.size).toBe(ids.length);
  expect(phones.strange).toEqual([]);
  for (const [id, body] of phones.begun) {
    const again = await fetch(`${baseUrl}/api/v1/survey-responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await again.text();
    expect(again.status).toBe(known.has(id) ? 200 : 201);
    expect(text).toBe(phones.receipts.get(id) ?? text);
  }
}

async function checkCalls(month: DueMonth, nurses: Nurses, baseUrl: string): Promise<void> {
  const attemptsOf = async (): Promise<readonly string[]> =>
    (await month.stored('followUpCalls')).flatMap(({ attempts }) =>
      (attempts as readonly { attemptId: string }[]).map(({ attemptId }) => attemptId),
    );
  expect(await attemptsOf()).toEqual(expect.arrayContaining([...nurses.acknowledged]));

  await nurses.repeat(baseUrl);

  expect((await attemptsOf()).toSorted()).toEqual([...nurses.begun].toSorted());
  const interviews = (await month.stored('surveyResponses')).filter(({ mode }) => mode === 'phone');
  expect(interviews.map(({ _id }) => _id).toSorted()).toEqual([...nurses.interviews].toSorted());
  expect((await month.stored('followUpCalls')).length).toBe((await month.stored('discharges')).length);
}

/** Before anything is sent again: each attempt that is stored was announced, and the trail is whole though its writer was killed. */
async function checkTrail(month: DueMonth): Promise<void> {
  const logged = (await month.stored('followUpCalls')).flatMap(
    ({ attempts }) => attempts as readonly object[],
  );
  const announced = (await month.stored('auditEvents')).filter(
    ({ subject, outcome }) =>
      subject === 'POST /api/v1/follow-up-calls/:id/attempts' && outcome === 'attempted',
  );
  expect(announced.length).toBeGreaterThanOrEqual(logged.length);
  expect(await month.verifyAudit()).toMatchObject({ code: 0 });
}

async function checkMonth(month: DueMonth, mailsBefore: number): Promise<void> {
  expect(await month.stored('reportingPeriods')).toMatchObject([{ period: month.period, revision: 1 }]);
  const cards = (await month.stored('scorecards')).map(({ departmentCode }) => departmentCode);
  expect(new Set(cards).size).toBe(cards.length);
  const rows = await month.stored('deliveries');
  const mails = smtp.mails.slice(mailsBefore).map(({ parsed }) => String(parsed.messageId));
  expect(new Set(mails).size).toBe(mails.length);
  const mailsOf = (row: StoredDocument): number => {
    const [attempt] = row['attempts'] as readonly { messageId: string }[];
    return mails.filter((id) => id === `<${attempt?.messageId ?? ''}>`).length;
  };
  expect(rows.length).toBeGreaterThan(5);
  // A row whose sender was killed keeps its lease, then is unknown; every other one is accepted, with its one mail.
  const open = rows.filter(({ state }) => state !== 'accepted');
  expect(open.map(({ state }) => state)).toEqual(open.map(() => 'sending'));
  expect(open.filter((row) => mailsOf(row) > 1)).toEqual([]);
  expect(rows.filter((row) => row['state'] === 'accepted' && mailsOf(row) !== 1)).toEqual([]);
}

describe('SIGKILL of the service while patients answer, nurses log calls and the month is closed and mailed', () => {
  test.each(Array.from({ length: rounds }, (_, round) => round))(
    'round %i: after the next start nothing acknowledged is lost, nothing is doubled, and every pair is complete',
    async (round) => {
      const month = await openDueMonth(answers, smtp);
      const mailsBefore = smtp.mails.length;
      const { phones, nurses } = await killed(month, round);
      const next = await month.start();
      await next.ready();
      await month.caughtUp(next);

      await checkTrail(month);
      await checkAnswers(month, phones, next.baseUrl);
      await checkCalls(month, nurses, next.baseUrl);
      await checkMonth(month, mailsBefore);

      expect((await next.stop()).code).toBe(0);
      await month.drop();
    },
    180_000,
  );
});
