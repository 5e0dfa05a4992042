import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Route } from '../../src/http/route.ts';
import { callResults } from '../journeys/loop-answers.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { createAsking, toldOf, withoutNames } from './told.ts';
import { nameOf, newSession, sessionOf } from './walk.ts';
import type { Session } from './walk.ts';

/*
 * Two patients of one ward: one answered the call, one refused. To nobody but the nurse who made the calls may the service look
 * different for the one and the other. And to a colleague of another ward both look like patients who never were.
 */

const clock = movingClock('2026-11-02T02:00:00Z');
const discharges = ['ZY1', 'ZY2'].map((admissionNo) => ({
  admissionNo,
  departmentCode: 'surgery',
  dischargedOn: '2026-10-30',
  patientName: '李秀兰',
  phone: '13800138000',
}));

let service: TestService;
const { post, ask, submit } = createAsking(() => service.baseUrl);
let admin: Session;
let caller: Session;
let viewers: readonly (readonly [who: string, session: Session | null])[];
let office: Session;
let strangers: readonly Session[];
let answered = '';
let refused = '';

async function callAbout(callId: string, result: object | undefined): Promise<void> {
  await post(caller, `/api/v1/follow-up-calls/${callId}/claim`, {});
  const attempt = {
    attemptId: randomUUID(),
    startedAt: clock.now().toISOString(),
    durationSeconds: 60,
    ...result,
    note: '打过电话',
  };
  const { status } = await post(caller, `/api/v1/follow-up-calls/${callId}/attempts`, attempt);
  expect(status).toBe(201);
}

beforeAll(async () => {
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  const { baseUrl } = service;
  admin = await sessionOf(baseUrl, { username: 'admin', password: adminPassword });
  const registered = await post(admin, '/api/v1/discharges', { discharges });
  const { results } = registered.json as { results: readonly { callId: string }[] };
  [answered = '', refused = ''] = results.map(({ callId }) => callId);
  caller = await newSession(baseUrl, admin, 'wang', [{ role: 'nurse', departments: ['surgery'] }]);
  const other = { role: 'nurse', departments: ['internal-medicine'] };
  strangers = [
    await newSession(baseUrl, admin, 'zhao', [other]),
    await newSession(baseUrl, admin, 'sun', [{ role: 'head', departments: ['internal-medicine'] }]),
  ];
  office = await newSession(baseUrl, admin, 'wu', [{ role: 'office', departments: 'all' }]);
  viewers = [
    [
      'a nurse of the ward',
      await newSession(baseUrl, admin, 'li', [{ role: 'nurse', departments: ['surgery'] }]),
    ],
    ['its head', await newSession(baseUrl, admin, 'zhou', [{ role: 'head', departments: ['surgery'] }])],
    ['the campaign office', office],
    ['an administrator', admin], // the first one is of the office, too
    ['a stranger', null],
  ];
  await callAbout(answered, callResults[0]);
  await callAbout(refused, callResults[12]);
});

afterAll(() => service.stop());

const withId = (): readonly Route[] => service.composition.routes.filter(({ path }) => /:id\b/.test(path));

describe('a patient who answered and one who refused', () => {
  test('are told apart by no address of theirs, whoever asks', async () => {
    const found: string[] = [];
    for (const [who, session] of viewers) {
      for (const route of withId()) {
        const [one, other] = [
          await ask(session, route, { id: answered }),
          await ask(session, route, { id: refused }),
        ];
        if (one.status !== other.status || one.text !== other.text) found.push(`${who}: ${nameOf(route)}`);
      }
    }

    expect(found).toEqual([]);
  });

  test('are told apart by no list of calls, as data or as a page', async () => {
    const shown: string[] = [];
    for (const [who, session] of viewers) {
      for (const state of ['due', 'open', 'closed']) {
        const list = await ask(
          session,
          { method: 'get', path: `/api/v1/follow-up-calls?state=${state}` },
          {},
        );
        const { calls = [] } = JSON.parse(list.text) as { calls?: readonly { readonly id: string }[] };
        const kinds = new Set(calls.map(({ id: _id, ...call }) => JSON.stringify(call)));
        shown.push(`${who}, ${state}: ${calls.length} calls of ${kinds.size} kinds`);
        const page = await ask(session, { method: 'get', path: `/worklist?state=${state}&lang=zh-Hans` }, {});
        const rows = withoutNames(page.text, [answered, refused]).match(/<tr[\s\S]*?<\/tr>/g) ?? [];
        expect(new Set(rows.slice(1)).size).toBeLessThanOrEqual(1);
      }
    }

    expect(shown.filter((line) => !line.endsWith('0 calls of 0 kinds'))).toEqual([
      'a nurse of the ward, closed: 2 calls of 1 kinds',
      'the campaign office, closed: 2 calls of 1 kinds',
      'an administrator, closed: 2 calls of 1 kinds',
    ]);
  });

  test('are told apart by no search for what is held of them, as data or as a page', async () => {
    for (const [, session] of viewers) {
      if (session === null) continue;
      const held = await Promise.all(
        discharges.map(({ admissionNo }) =>
          post(session, '/api/v1/erasures/search', { admissionNo }).then(toldOf),
        ),
      );
      const pages = await Promise.all(
        discharges.map(({ admissionNo }) => submit(session, '/office/erasure', { admissionNo })),
      );

      expect(new Set(held).size).toBe(1);
      expect(new Set(pages).size).toBe(1);
    }
    expect(await submit(office, '/office/erasure', { admissionNo: 'ZY1' })).toContain('李○○');
    expect((await post(office, '/api/v1/erasures/search', { admissionNo: 'ZY1' })).json).toMatchObject({
      discharges: [{ maskedName: '李○○', calls: 1, notes: 1 }],
    });
  });

  test('are told apart by no import that is done again', async () => {
    const again = await post(admin, '/api/v1/discharges', { discharges });
    const { results } = again.json as { results: readonly { result: string }[] };

    expect(new Set(results.map(({ result }) => result)).size).toBe(1);
  });

  test('are told apart by the nurse who made the calls: she was there', async () => {
    const list = await ask(caller, { method: 'get', path: '/api/v1/follow-up-calls?state=closed' }, {});
    const { calls } = JSON.parse(list.text) as {
      calls: readonly { outcome: string; attempts: readonly object[] }[];
    };

    expect(calls.map(({ outcome }) => outcome).toSorted()).toEqual(['complete', 'refusal-patient']);
    expect(calls.map(({ attempts }) => attempts.length)).toEqual([1, 1]);
  });
});

describe('what belongs to another department', () => {
  test('looks to a nurse and to a head like what does not exist, at every address', async () => {
    const pairs = [
      [{ id: answered }, { id: `${answered.slice(0, -1)}${answered.endsWith('0') ? '1' : '0'}` }],
      [
        { departmentCode: 'surgery', code: 'surgery' },
        { departmentCode: 'nowhere', code: 'nowhere' },
      ],
    ] as const;
    const guarded = service.composition.routes.filter(({ guard }) => guard.name !== 'open');
    const found: string[] = [];
    for (const session of strangers) {
      for (const [there, nowhere] of pairs) {
        const names = new Set(Object.keys(there).map((name) => `:${name}`));
        const routes = guarded.filter(({ path }) => path.split('/').some((part) => names.has(part)));
        expect(routes.length).toBeGreaterThan(3);
        for (const route of routes) {
          const [one, other] = [await ask(session, route, there), await ask(session, route, nowhere)];
          const same = one.status === other.status && one.text === other.text;
          if (!same || one.status < 400)
            found.push(`${nameOf(route)}: ${one.status} ${other.status} ${one.text.slice(0, 60)}`);
        }
      }
    }

    expect(found).toEqual([]);
  });

  test('is in no list of a nurse of another ward, even when she names it', async () => {
    const [nurse] = strangers;
    const asked = ['', '&department=surgery', '&department=nowhere'].map((query) =>
      ask(nurse ?? null, { method: 'get', path: `/api/v1/follow-up-calls?state=closed${query}` }, {}),
    );

    const told = await Promise.all(asked);
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
    expect(told[0]?.text).toContain('"calls":[]');
  });
});

describe('the receipts of their erasure', () => {
  test('are the same but for their number', async () => {
    const receipts: string[] = [];
    for (const { admissionNo } of discharges) {
      const found = await post(office, '/api/v1/erasures/search', { admissionNo });
      const { discharges: held } = found.json as { discharges: readonly { readonly id: string }[] };
      const dischargeIds = held.map(({ id }) => id);
      const id = randomUUID();
      const asked = { id, dischargeIds, contactIds: [], askedBy: 'patient', reason: 'request' };
      const erased = await post(office, '/api/v1/erasures', asked);
      const page = await ask(office, { method: 'get', path: '/office/erasure/receipts/:id' }, { id });

      expect([erased.status, page.status]).toEqual([201, 200]);
      receipts.push(`${toldOf(erased)} ${page.text}`.replaceAll(/E\d{8}-[\dA-F]{8}/g, 'NUMBER'));
    }

    expect(new Set(receipts).size).toBe(1);
  });
});
