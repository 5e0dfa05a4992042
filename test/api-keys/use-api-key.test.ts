import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { newToken } from '../../src/api-keys/api-key-token.crypto.ts';
import { maxFailures } from '../../src/api-keys/authenticate-key.ts';
import { codeOf, openApiKeysWorld, person } from './api-keys-world.ts';
import type { ApiKeysWorld } from './api-keys-world.ts';

let world: ApiKeysWorld;
beforeAll(async () => {
  world = await openApiKeysWorld();
});
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00Z');
  await world.database.connection.collection('apiKeys').deleteMany({});
  await world.database.connection.collection('bearerFailures').deleteMany({});
  world.events.length = 0;
});
afterAll(() => world.close());

const minute = 60_000;

describe('a key that works', () => {
  test('lets in where its scopes cover the guard, as api-key/<id>, without a session or a token against forgery', async () => {
    const { id, token } = await world.make({ scopes: ['discharges:write'] });

    const response = await supertest(world.app())
      .post('/api/v1/discharges')
      .set('authorization', `Bearer ${token}`)
      .expect(200);

    expect(response.body).toEqual({ accountId: `api-key/${id}`, csrfToken: null });
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  test('is refused where they do not, with the reason and what a key client understands', async () => {
    const { token } = await world.make({ scopes: ['discharges:write'] });

    const response = await world.use(token);

    expect(response.status).toBe(403);
    expect(codeOf(response)).toBe('scope_missing');
    expect(response.headers['www-authenticate']).toBe('Bearer realm="api", error="insufficient_scope"');
  });

  test('opens no page, though its scope covers the page’s guard', async () => {
    const { token } = await world.make();

    const response = await world.use(token, { path: '/scorecards' });

    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe('/login?next=%2Fscorecards');
  });

  test('counts alone when a session comes with it: the person’s rights are not added, on a page neither', async () => {
    const { token } = await world.make({ scopes: ['discharges:write'] });
    const office = world.app(person('office'));

    const api = await world.use(token, { app: office }).set('cookie', 'session=x');
    const page = await world.use(token, { app: office, path: '/scorecards' }).set('cookie', 'session=x');

    expect([api.status, codeOf(api)]).toEqual([403, 'scope_missing']);
    expect([page.status, page.headers['location']]).toEqual([303, '/login?next=%2Fscorecards']);
  });

  test('also says who asks where everybody may', async () => {
    const { id, token } = await world.make();

    const response = await world.use(token, { path: '/api/v1/open' });

    expect(response.body).toEqual({ accountId: `api-key/${id}` });
  });

  test.each(['bearer', 'BEARER', 'Bearer '])('is known by the scheme written %j', async (scheme) => {
    const { token } = await world.make();

    const { status } = await supertest(world.app())
      .get('/api/v1/scorecards')
      .set('authorization', `${scheme} ${token}`);

    expect(status).toBe(200);
  });

  test('works on its last day, and no moment longer', async () => {
    const { token } = await world.make({ expiresOn: '2026-11-05' });

    world.clock.set('2026-11-05T15:59:59.999Z');
    const last = await world.use(token);
    world.clock.set('2026-11-05T16:00:00Z');
    const late = await world.use(token);

    expect([last.status, late.status]).toEqual([200, 401]);
  });

  test('ends at once when it is revoked, on every instance', async () => {
    const { id, token } = await world.make();
    const another = world.app();
    await world.use(token, { app: another }).expect(200);

    await world.asAdmin('delete', `/api/v1/api-keys/${id}`).expect(204);

    const answers = [await world.use(token, { app: another }), await world.use(token)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  });
});

async function broken(): Promise<Readonly<Record<string, string>>> {
  const [revoked, expired, good] = [
    await world.make(),
    await world.make({ expiresOn: '2026-11-02' }),
    await world.make(),
  ];
  await world.asAdmin('delete', `/api/v1/api-keys/${revoked.id}`);
  world.clock.set('2026-11-03T02:00:00Z');
  const [other, sameId] = [newToken(), newToken()];
  const keys = world.database.connection.collection<{ _id: string }>('apiKeys');
  const stored = await keys.findOne({ _id: good.id });
  await keys.insertOne({ ...stored, _id: sameId.id });
  return {
    revoked: revoked.token,
    expired: expired.token,
    unknown: other.token,
    'with the id of a good one, well written, and another secret': sameId.token,
    misspelt: `${good.token.slice(0, -1)}${good.token.endsWith('0') ? '1' : '0'}`,
    'cut off': good.token.slice(0, 40),
    empty: '',
    'something else': 'eyJhbGciOiJIUzI1NiJ9.e30.x',
  };
}

describe('a key that does not work', () => {
  test('is answered alike, whatever is wrong with it, with 401 and how to do it right', async () => {
    const answers = new Set<string>();

    for (const token of Object.values(await broken())) {
      const response = await world.use(token);
      const { requestId: _id, ...body } = response.body as Record<string, unknown>;
      answers.add(JSON.stringify([response.status, response.headers['www-authenticate'], body]));
    }

    expect([...answers]).toEqual([expect.stringContaining('"code":"api_key_invalid"')]);
    expect([...answers]).toEqual([expect.stringContaining(String.raw`error=\"invalid_token\"`)]);
  });

  test('is refused also where everybody may come without one', async () => {
    expect((await world.use('psat_nothing', { path: '/api/v1/open' })).status).toBe(401);
  });

  test('a request without any is told how keys are sent', async () => {
    const response = await supertest(world.app()).get('/api/v1/scorecards').expect(401);

    expect(response.headers['www-authenticate']).toBe('Bearer realm="api"');
  });

  test('another scheme is no key: the session counts', async () => {
    const { status } = await supertest(world.app(person('office')))
      .get('/api/v1/scorecards')
      .set('authorization', 'Basic eDp5');

    expect(status).toBe(200);
  });
});

describe('an address that sends keys that open nothing', () => {
  test('is told to wait after 20 in a quarter of an hour, over all instances together, and begins anew after it', async () => {
    const [one, two] = [world.app(), world.app()];
    const statuses: number[] = [];

    for (let i = 0; i < maxFailures + 2; i += 1) {
      const app = i % 2 === 0 ? one : two;
      statuses.push((await world.use(newToken().token, { app })).status);
    }
    const refused = await world.use('psat_misspelt');
    world.clock.advance(15 * minute);
    const later = await world.use('psat_misspelt');

    expect(statuses).toEqual([...Array.from({ length: maxFailures }, () => 401), 429, 429]);
    expect([refused.status, codeOf(refused)]).toEqual([429, 'too_many_api_key_failures']);
    expect(refused.headers['retry-after']).toBe('900');
    expect(later.status).toBe(401);
  });

  test('counts every one of many that come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => world.use(newToken().token).then(({ status }) => status)),
    );

    expect(answers.filter((status) => status === 401)).toHaveLength(maxFailures);
  });

  test('never stops a good key of the same address', async () => {
    const { token } = await world.make();
    for (let i = 0; i < maxFailures + 1; i += 1) await world.use('psat_wrong');

    const [bad, good] = [await world.use('psat_wrong'), await world.use(token)];
    expect([bad.status, good.status]).toEqual([429, 200]);
  });

  test('leaves two lines in the audit trail, however long it goes on', async () => {
    for (let i = 0; i < maxFailures + 10; i += 1) await world.use(newToken().token);

    expect(world.events).toEqual([
      expect.objectContaining({ actor: 'anonymous', action: 'api-key.use', outcome: 'failed' }),
      expect.objectContaining({ actor: 'anonymous', action: 'api-key.use', outcome: 'refused' }),
    ]);
  });
});
