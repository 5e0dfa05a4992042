import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Principal } from '../../src/shared/principal.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
beforeEach(async () => {
  world = await openFollowUpWorld();
});
afterEach(async () => {
  await world.database.drop();
});

interface List {
  readonly calls: readonly {
    readonly id: string;
    readonly departmentCode: string;
    readonly claim: { readonly by: string; readonly mine: boolean } | null;
  }[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly due: number;
}

const wang = nurseOf('wang', 'cardiology');
const appOf = (principal: Principal | null): ReturnType<typeof createTestApp> =>
  createTestApp({ renderPage, routes: world.routes, principal });
const list = async (principal: Principal, query = ''): Promise<List> =>
  (await request(appOf(principal)).get(`/api/v1/follow-up-calls?${query}`)).body as List;
const claim = (principal: Principal, id: string): request.Test =>
  request(appOf(principal)).post(`/api/v1/follow-up-calls/${id}/claim`).set('x-csrf-token', testCsrfToken);

describe('the list of calls', () => {
  test('shows what is due now in one’s own departments only', async () => {
    await world.register(
      discharge('ZY001', { dischargedOn: '2026-10-30' }),
      discharge('ZY002'),
      discharge('ZY003', { departmentCode: 'surgery', dischargedOn: '2026-10-30' }),
    );
    world.goTo('2026-11-02', '10:00');

    const due = await list(wang);
    const open = await list(wang, 'state=open');
    const foreign = await list(wang, 'state=open&department=surgery');

    expect(due).toMatchObject({ total: 1, due: 1, nextCursor: null });
    expect(open).toMatchObject({ total: 2, due: 1 });
    expect(open.calls.map(({ departmentCode }) => departmentCode)).toEqual(['cardiology', 'cardiology']);
    expect(foreign.calls).toEqual([]);
  });

  test('gives every call once over its pages', async () => {
    await world.register(...Array.from({ length: 7 }, (_, n) => discharge(`ZY00${n}`)));
    world.goTo('2026-11-03', '10:00');

    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List = await list(wang, `limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.calls.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  test('never repeats who the patient is', async () => {
    await world.register(discharge('ZY001'));
    world.goTo('2026-11-03', '10:00');
    // A random id may hold any three digits.
    const randomId = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
    expect(JSON.stringify(await list(wang)).replaceAll(randomId, 'id')).not.toMatch(/欧阳|138|ZY001/);
  });

  test('does not show a call after its last day as open', async () => {
    await world.register(discharge('ZY001'));
    world.goTo('2026-12-02', '10:00');
    expect((await list(wang, 'state=open')).total).toBe(0);
    expect((await list(wang, 'state=closed')).total).toBe(1);
  });

  test.each(['state=all', 'cursor=x', 'limit=0', 'limit=1000', 'a[$ne]=1'])(
    'refuses the query %s as malformed',
    async (query) => {
      const answer = await request(appOf(wang)).get(`/api/v1/follow-up-calls?${query}`);
      expect(answer.status).toBe(400);
    },
  );

  test('is for nobody who has not logged in', async () => {
    expect((await request(appOf(null)).get('/api/v1/follow-up-calls')).status).toBe(401);
  });
});

describe('taking a call', () => {
  test('by twenty nurses from a list of ten gives ten winners, one a call', async () => {
    const { results } = await world.register(...Array.from({ length: 10 }, (_, n) => discharge(`ZY00${n}`)));
    const ids = results.map(({ callId }) => callId ?? '');
    world.goTo('2026-11-03', '10:00');

    const tries = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const id = ids[n % 10] ?? '';
        return { id, status: (await claim(nurseOf(`n${n}`, 'cardiology'), id)).status };
      }),
    );

    const won = tries.filter(({ status }) => status === 200);
    expect(won).toHaveLength(10);
    expect(new Set(won.map(({ id }) => id)).size).toBe(10);
    expect(tries.filter(({ status }) => status === 409)).toHaveLength(10);
  });

  test('keeps it for fifteen minutes, renewed by taking it again, given back by hand', async () => {
    const { results } = await world.register(discharge('ZY001'));
    const id = results[0]?.callId ?? '';
    const li = nurseOf('li', 'cardiology');
    world.goTo('2026-11-03', '10:00');
    await claim(wang, id);
    world.goTo('2026-11-03', '10:14');
    expect((await claim(li, id)).status).toBe(409);
    expect((await claim(wang, id)).status).toBe(200);
    world.goTo('2026-11-03', '10:20');
    expect((await list(li)).calls[0]?.claim).toMatchObject({ by: 'wang', mine: false });
    expect((await claim(li, id)).status).toBe(409);

    const released = await request(appOf(wang))
      .delete(`/api/v1/follow-up-calls/${id}/claim`)
      .set('x-csrf-token', testCsrfToken);

    expect(released.status).toBe(204);
    expect((await claim(li, id)).status).toBe(200);
    world.goTo('2026-11-03', '10:35');
    expect((await claim(wang, id)).status).toBe(200);
  });

  test('of another department, or of none, is not there', async () => {
    const { results } = await world.register(discharge('ZY001'));
    const surgeon = nurseOf('surgeon', 'surgery');
    expect((await claim(surgeon, results[0]?.callId ?? '')).status).toBe(404);
    expect((await claim(wang, 'satisfaction:none')).status).toBe(404);
  });

  test('is refused after the last day', async () => {
    const { results } = await world.register(discharge('ZY001'));
    world.goTo('2026-12-02', '09:00');
    expect((await claim(wang, results[0]?.callId ?? '')).body).toMatchObject({ code: 'call_closed' });
  });
});

describe('the batch route', () => {
  test('answers each row by its place', async () => {
    const answer = await request(appOf(wang))
      .post('/api/v1/discharges')
      .set('x-csrf-token', testCsrfToken)
      .send({ discharges: [discharge('ZY001'), discharge('ZY002', { patientName: '' })] });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      created: 1,
      rejected: 1,
      results: [
        { index: 0, result: 'created' },
        { index: 1, result: 'rejected', errors: [{ pointer: '/discharges/1/patientName' }] },
      ],
    });
  });

  test.each([
    {},
    { discharges: [] },
    { discharges: 'x' },
    { discharges: Array.from({ length: 501 }, () => ({})) },
  ])('refuses a body that is no batch of 1 to 500', async (body) => {
    const answer = await request(appOf(wang))
      .post('/api/v1/discharges')
      .set('x-csrf-token', testCsrfToken)
      .send(body);
    expect(answer.status).toBe(400);
  });
});
