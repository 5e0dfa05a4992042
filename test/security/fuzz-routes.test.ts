import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { Route } from '../../src/http/route.ts';
import { roles } from '../../src/shared/principal.ts';
import type { Role } from '../../src/shared/principal.ts';
import { policyTable } from '../accounts/policy-table.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { openDatabase } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/connect.ts';
import { deepRuns } from '../support/deep.ts';
import { eventually } from '../support/eventually.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { furnish, fuzzClient, fuzzPeople } from './fuzz-client.ts';
import type { FuzzClient, RawAnswer, RawRequest } from './fuzz-client.ts';
import { fuzzRequest } from './fuzz-request.ts';

/* Whatever is sent to whatever address: a clear refusal, never a fault of ours, and what is refused leaves no trace. */

const runs = deepRuns(500, 20_000);
const limitMs = deepRuns(120_000, 3_600_000);
/** A role with fewer lines sends as much as if it had this many. */
const fewestLines = 15;
/** What a refused request may write: that it was refused, and that somebody was there. */
const traces = new Set(['auditEvents', 'loginAttempts', 'loginAddresses', 'sessions', 'jobRuns']);

let service: TestService;
let database: Database;
let people: ReadonlyMap<Role, FuzzClient>;
let stranger: FuzzClient;

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
    env: { PUBLIC_SUBMITS: String(runs + 1_000) },
  });
  await furnish(service.baseUrl, adminPassword);
  // The jobs go by the real clock and finish what an earlier request asked for: a mail is tried when a later one is refused.
  await service.composition.jobs.stop(60_000);
  people = await fuzzPeople(service.baseUrl, adminPassword, roles);
  stranger = await fuzzClient(service.baseUrl);
  database = openDatabase({ uri: process.env['TEST_MONGODB_URI'] ?? '', dbName: service.dbName });
  await database.connected();
});

afterAll(async () => {
  await database.close();
  await service.stop();
});

/** A hash of each collection: what differs is named. */
async function everything(): Promise<Readonly<Record<string, string>>> {
  const found = (await database.connection.listCollections()).map(({ name }) => name).toSorted();
  const kept = found.filter((name) => !traces.has(name));
  const hashes = kept.map(async (name) => {
    const rows = await database.connection.collection(name).find({}).sort({ _id: 1 }).toArray();
    return [name, contentHash([JSON.stringify(rows)])] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

let before: Readonly<Record<string, string>>;

/** Everything, once what was asked for is done, also after its answer: a mail sent again, a revision drawn up. */
async function settled(now: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  let last = now;
  let same = 0;
  await eventually('nothing changes any more', async () => {
    const next = await everything();
    same = isDeepStrictEqual(next, last) ? same + 1 : 0;
    last = next;
    return same >= 3;
  });
  return last;
}

/** What an answer of the API should have been. */
function expectedOf(request: RawRequest, answer: RawAnswer): object {
  const { status, type, text } = answer;
  if (!request.path.startsWith('/api/') || status < 400) return { status, type };
  const problem = JSON.parse(text) as { status: unknown; code: unknown };
  const told = typeof problem.code === 'string' && problem.status === status;
  return { status: told ? status : 'of a problem', type: 'application/problem+json; charset=utf-8' };
}

async function judge(client: FuzzClient, request: RawRequest): Promise<RawAnswer> {
  const answer = await client.send(request);
  const { status, type } = answer;
  expect(status >= 500 ? answer : null).toBeNull();
  expect({ status, type }).toEqual(expectedOf(request, answer));
  const now = await everything();
  if (status < 400 && !isDeepStrictEqual(now, before)) before = await settled(now);
  expect(status < 400 ? before : now).toEqual(before);
  return answer;
}

const endsSessions = (path: string): boolean =>
  ['/logout', '/switch-person', '/api/v1/sessions/current'].includes(path);

/** The lines a role is let in at. What everybody may call, the administrator calls. */
function routesOf(role: Role): readonly Route[] {
  return service.composition.routes.filter(({ method, path }) => {
    const access = policyTable.get(`${method} ${path}`) ?? 'open';
    return !endsSessions(path) && (typeof access === 'string' ? role === 'admin' : role in access);
  });
}

/** Something somebody sends to a line that is theirs: who has many lines sends much, and nobody next to nothing. */
const sentBySomebody = (): fc.Arbitrary<{ readonly role: Role; readonly request: RawRequest }> =>
  fc.oneof(
    ...roles.map((role) => {
      const own = routesOf(role);
      const arbitrary = fuzzRequest(own).map((request) => ({ role, request }));
      return { weight: Math.max(own.length, fewestLines), arbitrary };
    }),
  );

describe('whatever is sent', () => {
  test(
    'by those who may send it is answered, and what is refused changes nothing',
    async () => {
      before = await everything();
      const statuses = new Map<number, number>();
      const letIn = new Set<Role>();

      await fc.assert(
        fc.asyncProperty(sentBySomebody(), async ({ role, request }) => {
          const { status } = await judge(people.get(role) ?? stranger, request);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (![302, 401, 403].includes(status)) letIn.add(role);
        }),
        { numRuns: runs },
      );

      // A fuzz that never gets in, or never is refused, tests nothing.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 50);
      expect(statuses.get(400) ?? 0).toBeGreaterThan(runs / 10);
      expect([...letIn].toSorted()).toEqual([...roles].toSorted());
    },
    limitMs,
  );

  test(
    'by a stranger is answered, reaches nothing of the staff, and what is refused changes nothing',
    async () => {
      const guarded = service.composition.routes.filter(({ guard }) => guard.name !== 'open');
      before = await everything();

      await fc.assert(
        fc.asyncProperty(fuzzRequest(guarded), async (request) => {
          const { status } = await judge(stranger, request);
          expect([302, 303, 400, 401, 403, 404, 413, 414, 415, 431]).toContain(status);
        }),
        { numRuns: Math.ceil(runs / 4) },
      );
    },
    limitMs,
  );
});
