import { randomUUID } from 'node:crypto';
import { addDays } from '../../src/shared/reporting-period.ts';
import { callResults } from '../journeys/loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { adminPassword } from './due-month.ts';

/** What nurses did at a service that dies. */
export interface Nurses {
  /** Ids of the attempts that were begun, and of those that were acknowledged. */
  readonly begun: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
  /** Ids of the interviews in the attempts that were begun. */
  readonly interviews: ReadonlySet<string>;
  readonly giveUp: () => Promise<void>;
  /** Sends every attempt that was begun once more; throws when one is not taken. */
  readonly repeat: (baseUrl: string) => Promise<void>;
}

interface Attempt {
  readonly callId: string;
  readonly body: {
    readonly attemptId: string;
    readonly interview: { readonly submissionId: string };
  } & object;
}

async function loggedIn(baseUrl: string): Promise<HttpClient> {
  const client = httpClient(baseUrl);
  await client.logIn('admin', adminPassword);
  return client;
}

async function callIds(nurse: HttpClient, round: number): Promise<readonly string[]> {
  const registered = await nurse.post('/api/v1/discharges', {
    discharges: Array.from({ length: 60 }, (_, i) => ({
      admissionNo: `R${String(round)}N${String(i)}`,
      departmentCode: 'surgery',
      dischargedOn: addDays(new Date().toISOString().slice(0, 10), -5),
      dischargeWay: 'home',
      patientName: '李秀兰',
      phone: '13800138000',
    })),
  });
  return (registered.json() as { results: readonly { callId: string }[] }).results.map(
    ({ callId }) => callId,
  );
}

function attemptOn(callId: string): Attempt {
  const complete = callResults[0] as { readonly interview: object };
  const interview = { ...complete.interview, submissionId: randomUUID() };
  const startedAt = new Date().toISOString();
  const body = { attemptId: randomUUID(), startedAt, durationSeconds: 95, ...complete, interview };
  return { callId, body };
}

async function log(nurse: HttpClient, { callId, body }: Attempt): Promise<number> {
  await nurse.post(`/api/v1/follow-up-calls/${callId}/claim`);
  return (await nurse.post(`/api/v1/follow-up-calls/${callId}/attempts`, body)).status;
}

/** Registers discharges and begins to log an interview for each, one after the other. */
export async function callsAtWork(baseUrl: string, round: number): Promise<Nurses> {
  const nurse = await loggedIn(baseUrl);
  const calls = await callIds(nurse, round);
  const attempts: Attempt[] = [];
  const acknowledged = new Set<string>();
  const ending = new AbortController();
  const working = (async () => {
    for (const callId of calls) {
      if (ending.signal.aborted) return;
      const attempt = attemptOn(callId);
      attempts.push(attempt);
      const status = await log(nurse, attempt).catch(() => null);
      if (status === 201) acknowledged.add(attempt.body.attemptId);
      if (status === null) return;
    }
  })();
  return {
    get begun() {
      return new Set(attempts.map(({ body }) => body.attemptId));
    },
    get interviews() {
      return new Set(attempts.map(({ body }) => body.interview.submissionId));
    },
    acknowledged,
    giveUp: async () => {
      ending.abort();
      await working;
    },
    repeat: async (at) => {
      const again = await loggedIn(at);
      for (const attempt of attempts) {
        const status = await log(again, attempt);
        if (status !== 200 && status !== 201) throw new Error(`The attempt was answered ${String(status)}.`);
      }
    },
  };
}
