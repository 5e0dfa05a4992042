import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { tokenHash, tokenPattern } from '../../src/api-keys/api-key-token.crypto.ts';
import { roles } from '../../src/shared/principal.ts';
import { codeOf, openApiKeysWorld, person } from './api-keys-world.ts';
import type { ApiKeysWorld } from './api-keys-world.ts';

let world: ApiKeysWorld;
beforeAll(async () => {
  world = await openApiKeysWorld();
});
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00Z');
  await world.database.connection.collection('apiKeys').deleteMany({});
  world.events.length = 0;
});
afterAll(() => world.close());

const path = '/api/v1/api-keys';
const draft = { name: 'HIS', scopes: ['discharges:write'] };
const faultsOf = ({ body }: { readonly body: unknown }): readonly string[] =>
  (body as { errors: { pointer: string; code: string }[] }).errors.map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

async function list(): Promise<readonly Record<string, unknown>[]> {
  const listed = await supertest(world.app(person('admin')))
    .get(path)
    .expect(200);
  return (listed.body as { items: Record<string, unknown>[] }).items;
}

const replace = (id: string) => world.asAdmin('post', `${path}/${id}/replacement`);

describe('making a key', () => {
  test('gives it this once, for a year when no last day is named; its hash is all that is stored', async () => {
    const response = await world.asAdmin('post', path, { ...draft, name: '  HIS 出院推送 ' }).expect(201);

    const { key, token } = response.body as { key: Record<string, unknown>; token: string };
    expect(response.headers['cache-control']).toContain('no-store');
    expect(token).toMatch(tokenPattern);
    expect(key).toMatchObject({
      name: 'HIS 出院推送',
      scopes: ['discharges:write'],
      state: 'active',
      createdBy: '周敏',
      expiresOn: '2027-11-02',
      lastUsedAt: null,
    });
    const stored = await world.stored();
    expect(stored).toMatchObject([{ _id: key['id'], hash: tokenHash(token) }]);
    expect(JSON.stringify([stored, await list(), world.events])).not.toContain(token.slice(17));
  });

  test('is in the audit trail, with its scopes, before the key works', async () => {
    const { id } = await world.make({ scopes: ['discharges:write', 'staff:read'] });

    expect(world.events).toEqual(
      ['attempted', 'succeeded'].map((outcome) => ({
        actor: 'account-of-admin',
        action: 'api-key.create',
        subject: `api-key/${id}`,
        outcome,
        fields: ['discharges:write', 'staff:read'],
        requestId: expect.any(String),
      })),
    );
  });

  test.each([
    ['without a purpose', { name: ' ' }, ['/name name_missing'], 422],
    ['without a scope', { scopes: [] }, ['/scopes scope_missing'], 422],
    ['that ended yesterday', { expiresOn: '2026-11-01' }, ['/expiresOn expiry_past'], 422],
    ['for more than two years', { expiresOn: '2028-11-02' }, ['/expiresOn expiry_too_late'], 422],
    [
      'with everything wrong',
      { name: '', scopes: [], expiresOn: '2025-01-01' },
      ['/name name_missing', '/scopes scope_missing', '/expiresOn expiry_past'],
      422,
    ],
    ['with a scope nobody knows', { scopes: ['accounts:write'] }, ['/scopes/0 any_only'], 400],
    ['until a day that does not exist', { expiresOn: '2026-02-30' }, ['/expiresOn calendar_date'], 400],
    ['with a line break in its name', { name: 'a\nb' }, ['/name string_pattern_base'], 400],
    ['that says more', { admin: true }, ['/admin object_unknown'], 400],
  ])('one %s is refused, field by field', async (_name, changes, faults, status) => {
    const response = await world.asAdmin('post', path, { ...draft, ...changes });

    expect([response.status, faultsOf(response)]).toEqual([status, faults]);
    expect(await world.stored()).toEqual([]);
  });

  test.each(['2026-11-02', '2028-11-01'])(
    'its last day may be %s: today, or two years from now',
    async (day) => {
      await world.make({ expiresOn: day });

      expect(await world.stored()).toMatchObject([{ expiresOn: day }]);
    },
  );

  test('the same scope twice is one', async () => {
    await world.make({ scopes: ['staff:read', 'staff:read'] });

    expect(await world.stored()).toMatchObject([{ scopes: ['staff:read'] }]);
  });
});

describe('the list of keys', () => {
  test('says of each what became of it, the newest first', async () => {
    const revoked = await world.make({ name: 'revoked' });
    await world.asAdmin('delete', `${path}/${revoked.id}`);
    world.clock.advance(1000);
    await world.make({ name: 'over', expiresOn: '2026-11-02' });
    world.clock.advance(1000);
    await world.make({ name: 'ending', expiresOn: '2026-12-02' });
    world.clock.advance(1000);
    await world.make({ name: 'active', expiresOn: '2026-12-04' });
    world.clock.set('2026-11-03T02:00:00Z');

    expect((await list()).map(({ name, state }) => `${String(name)} ${String(state)}`)).toEqual([
      'active active',
      'ending ending',
      'over expired',
      'revoked revoked',
    ]);
  });

  test.each(roles.filter((role) => role !== 'admin'))(
    'is nothing for %s, and neither is making one',
    async (role) => {
      const app = world.app(person(role));

      const api = await supertest(app).get(path);
      const page = await supertest(app).get('/admin/api-keys');

      expect([api.status, page.status]).toEqual([403, 403]);
    },
  );
});

describe('revoking a key', () => {
  test('is recorded once, and may be said again', async () => {
    const { id } = await world.make();
    world.events.length = 0;

    await world.asAdmin('delete', `${path}/${id}`).expect(204);
    const [first] = await world.stored();
    world.clock.advance(60_000);
    await world.asAdmin('delete', `${path}/${id}`).expect(204);

    expect(await world.stored()).toMatchObject([{ revokedAt: first?.['revokedAt'] }]);
    expect(world.events).toEqual(
      ['attempted', 'succeeded'].map((outcome) => ({
        actor: 'account-of-admin',
        action: 'api-key.revoke',
        subject: `api-key/${id}`,
        outcome,
        requestId: expect.any(String),
      })),
    );
  });

  test('of one that is not there is 404', async () => {
    const response = await world.asAdmin('delete', `${path}/nobody`);

    expect([response.status, codeOf(response)]).toEqual([404, 'api_key_not_found']);
  });
});

describe('replacing a key', () => {
  test('makes one with the same purpose and scopes; the old one goes on for seven days', async () => {
    const old = await world.make({ name: 'HIS', scopes: ['scorecards:read'] });

    const made = await replace(old.id).expect(201);
    const { key, token } = made.body as { key: object; token: string };
    const replaced = world.events.filter(({ action }) => action === 'api-key.replace');
    expect(replaced.map(({ subject, outcome }) => `${subject} ${outcome}`)).toEqual([
      `api-key/${old.id} attempted`,
      `api-key/${old.id} succeeded`,
    ]);

    expect(key).toMatchObject({ name: 'HIS', scopes: ['scorecards:read'], expiresOn: '2027-11-02' });
    world.clock.set('2026-11-09T15:59:59Z');
    await world.use(old.token).expect(200);
    world.clock.set('2026-11-09T16:00:00Z');
    await world.use(old.token).expect(401);
    await world.use(token).expect(200);
  });

  test('never makes the old one live longer', async () => {
    const old = await world.make({ expiresOn: '2026-11-04' });

    await replace(old.id).expect(201);

    world.clock.set('2026-11-04T16:00:00Z');
    expect((await world.use(old.token)).status).toBe(401);
  });

  test('of one that works no longer is refused: nothing would overlap', async () => {
    const old = await world.make();
    await world.asAdmin('delete', `${path}/${old.id}`);

    const response = await replace(old.id);

    expect([response.status, codeOf(response)]).toEqual([409, 'api_key_over']);
    expect(await world.stored()).toHaveLength(1);
  });
});
