import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { submission } from '../journeys/loop-answers.ts';
import { deepRuns } from '../support/deep.ts';
import { createDatabaseSwitch } from '../support/database-switch.ts';
import type { DatabaseSwitch } from '../support/database-switch.ts';
import { eventually } from '../support/eventually.ts';
import {
  dataFolder,
  endAll,
  onDatabase,
  startServiceProcess,
  statusOf,
  severalStartsMs,
} from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/* One service over its whole life with a database that is away at first, comes, goes under load, and comes back. */

const uri = process.env['TEST_MONGODB_URI'] ?? '';
const dbName = `away_${randomBytes(6).toString('hex')}`;
const hangMs = 25_000;
/** How long the database is away under load, at least. */
const awayMs = deepRuns(1_000, 60_000);

let database: DatabaseSwitch;
let service: ServiceProcess;

beforeAll(async () => {
  database = await createDatabaseSwitch(uri);
  service = await startServiceProcess({
    DATA_DIR: dataFolder(),
    MONGODB_URI: database.uri,
    MONGODB_DATABASE: dbName,
  });
  const listens = async (): Promise<boolean> => (await statusOf(`${service.baseUrl}/healthz`)) === 200;
  await eventually('it listens', listens, severalStartsMs);
}, severalStartsMs);

afterAll(async () => {
  await endAll();
  await database.off();
  await onDatabase({ uri, dbName }, (at) => at.dropDatabase());
});

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
}

async function ask(path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${service.baseUrl}${path}`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(hangMs),
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const { status, headers } = response;
  return {
    status,
    type: headers.get('content-type'),
    retryAfter: headers.get('retry-after'),
    text: await response.text(),
  };
}

type Body = ReturnType<typeof submission>;

interface Attempt {
  readonly body: Body;
  readonly answer: Answer;
}

/** A patient's phone that sends one answer after the other until it is told to stop. */
async function submitter(attempts: Attempt[], until: () => boolean): Promise<void> {
  while (!until()) {
    const body = submission(0);
    attempts.push({ body, answer: await ask('/api/v1/survey-responses', body) });
  }
}

const reasonsOf = (answer: Answer): readonly string[] =>
  (JSON.parse(answer.text) as { reasons: readonly string[] }).reasons;

describe('a database that is away', () => {
  test('at the start: the process is healthy, not ready with the reason, and every other address answers 503 with Retry-After', async () => {
    const ready = await ask('/readyz');
    const others = await Promise.all([
      ...['/', '/login', '/s/internal-medicine', '/mailbox', '/api/v1/departments', '/nowhere'].map((path) =>
        ask(path),
      ),
      ask('/api/v1/survey-responses', submission(0)),
    ]);

    expect((await ask('/healthz')).status).toBe(200);
    expect(ready.status).toBe(503);
    expect(reasonsOf(ready).join(' ')).toMatch(/database/);
    for (const answer of [ready, ...others]) {
      expect(answer.status).toBe(503);
      expect(answer.type).toContain('application/problem+json');
      expect(Number(answer.retryAfter)).toBeGreaterThan(0);
    }
    await eventually('the log says what it waits for', () =>
      service.output().includes('The database does not answer.'),
    );
  });

  test('is found when it appears, without a restart', async () => {
    await database.on();

    await service.ready();

    expect((await ask('/s/internal-medicine')).status).toBe(200);
    expect((await ask('/api/v1/survey-responses', submission(0))).status).toBe(201);
  });

  test(
    'under ten patients who submit: 201 or 503, none hangs, no 201 is lost, and every 503 can be sent again',
    async () => {
      const attempts: Attempt[] = [];
      const count = (status: number): number =>
        attempts.filter(({ answer }) => answer.status === status).length;
      const others = (): readonly Attempt[] =>
        attempts.filter(({ answer }) => ![201, 503].includes(answer.status));
      let done = false;
      const phones = Promise.all(Array.from({ length: 10 }, () => submitter(attempts, () => done)));

      await eventually('twenty answers are in', () => count(201) >= 20);
      await database.off();
      const before = count(201);
      const offSince = performance.now();
      await eventually('ten were told to come later', () => count(503) >= 10, hangMs);
      await eventually(
        'it is away long enough',
        () => performance.now() - offSince >= awayMs,
        awayMs + hangMs,
      );
      const ready = await ask('/readyz');
      const page = await ask('/login');
      expect((await ask('/healthz')).status).toBe(200);
      await database.on();
      // Anything else is told below as what it is, and not waited for.
      await eventually(
        'answers are taken again',
        () => count(201) >= before + 20 || others().length > 0,
        hangMs,
      );
      done = true;
      await phones;

      expect(ready.status).toBe(503);
      expect(reasonsOf(ready)).toEqual(['The database does not answer.']);
      expect(page.text).not.toMatch(/Mongo|ECONN|at /);
      expect(others().slice(0, 3)).toEqual([]);
      for (const { answer } of attempts.filter((attempt) => attempt.answer.status === 503)) {
        expect(answer.type).toContain('application/problem+json');
        expect(Number(answer.retryAfter)).toBeGreaterThan(0);
        expect(answer.text).not.toMatch(/Mongo|ECONN/);
      }
      const retried = await Promise.all(
        attempts
          .filter(({ answer }) => answer.status === 503)
          .map(({ body }) => ask('/api/v1/survey-responses', body)),
      );
      expect(retried.filter(({ status }) => status !== 201 && status !== 200)).toEqual([]);
      const stored = await onDatabase({ uri, dbName }, (at) =>
        at.collection('surveyResponses').find({}).toArray(),
      );
      const first = 1;
      expect(stored).toHaveLength(first + attempts.length);
      expect(stored.map(({ _id }) => String(_id))).toEqual(
        expect.arrayContaining(attempts.map(({ body }) => body['submissionId'])),
      );
      expect((await service.stop()).code).toBe(0);
    },
    severalStartsMs + awayMs,
  );
});
