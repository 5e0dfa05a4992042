import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAccountChangeStore } from '../../src/accounts/account-change.store.ts';
import type { AccountChangeStore } from '../../src/accounts/account-change.store.ts';
import { createAccountStore } from '../../src/accounts/account.store.ts';
import type { AccountStore } from '../../src/accounts/account.store.ts';
import type { Account } from '../../src/accounts/account.ts';
import { createChangeAccount } from '../../src/accounts/change-account.ts';
import { createDisableAccount } from '../../src/accounts/disable-account.ts';
import { createKeepAdministrator } from '../../src/accounts/keep-administrator.ts';
import type { RoleAssignment } from '../../src/shared/principal.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let accounts: AccountStore;
let changes: AccountChangeStore;

beforeAll(async () => {
  database = await openTestDatabase();
  accounts = createAccountStore(database.connection);
  changes = createAccountChangeStore(database.connection);
  await database.buildIndexes();
});
beforeEach(() => database.connection.collection('accounts').deleteMany({}));
afterAll(() => database.drop());

const forever: readonly RoleAssignment[] = [{ role: 'admin', departments: 'all' }];
const day = '2026-11-10';
const now = new Date(`${day}T04:00:00Z`);

async function store(id: string, roles = forever, extra: Partial<Account> = {}): Promise<void> {
  await accounts.insert({
    _id: id,
    username: id,
    displayName: id,
    roles,
    passwordHash: 'x',
    mustChangePassword: false,
    credentialVersion: 1,
    active: true,
    createdAt: now,
    version: 1,
    ...extra,
  });
}

/** The use cases over the real store, or over one that a test holds up. */
function useCases(over: Partial<AccountChangeStore> = {}, at = now) {
  let marks = 0;
  const deps = {
    accounts,
    changes: { ...changes, ...over },
    clock: { now: () => at },
    today: () => day,
    newId: () => `${Math.random()}-${(marks += 1)}`,
    departmentCodes: () => Promise.resolve([]),
    sessions: { endAll: () => Promise.resolve(0) },
    recordAuditEvent: () => Promise.resolve(),
  };
  const changing = { ...deps, keepAdministrator: createKeepAdministrator(deps) };
  const disable = createDisableAccount(changing);
  const change = createChangeAccount(changing);
  return {
    disable: (accountId: string, actor: string) => disable({ accountId, actor, requestId: 'r' }),
    give: (accountId: string, roles: readonly RoleAssignment[]) =>
      change({ accountId, version: 1, displayName: accountId, roles, actor: 'somebody', requestId: 'r' }),
  };
}

const remaining = async (): Promise<number> =>
  (await accounts.list()).filter(
    ({ active, roles }) => active && roles.some(({ role, until }) => role === 'admin' && until === undefined),
  ).length;
const outcomes = async (work: readonly Promise<unknown>[]): Promise<readonly string[]> =>
  (await Promise.allSettled(work)).map((one) =>
    one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code,
  );

/** Both changes have marked their account before either looks who stays. */
function bothMarkedFirst(): Partial<AccountChangeStore> {
  const waiting: (() => void)[] = [];
  return {
    markLeaving: async (id, leaving) => {
      await changes.markLeaving(id, leaving);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const goOn of waiting) goOn();
      });
    },
  };
}

describe('one administrator always remains', () => {
  test.each<[string, readonly RoleAssignment[]]>([
    ['another role', [{ role: 'office', departments: 'all' }]],
    ['a last day', [{ role: 'admin', departments: 'all', until: '2027-12-31' }]],
    ['a first day to come', [{ role: 'admin', departments: 'all', from: '2026-11-11' }]],
  ])('the last one is not given %s', async (_what, roles) => {
    await store('a');
    await store('disabled', forever, { active: false });
    await store('leaver', [{ role: 'admin', departments: 'all', until: '2026-12-31' }]);
    await store('later', [{ role: 'admin', departments: 'all', from: '2026-11-11' }]);

    expect(await outcomes([useCases().give('a', roles)])).toEqual(['last_administrator']);
    expect(await remaining()).toBeGreaterThan(0);
  });

  test('of two who stay, one may go; then the other may not', async () => {
    await store('a');
    await store('b');

    expect(await outcomes([useCases().disable('a', 'b')])).toEqual(['done']);
    expect(await outcomes([useCases().disable('b', 'a')])).toEqual(['last_administrator']);
  });

  test('two administrators who disable each other at the same moment do not both succeed', async () => {
    await store('a');
    await store('b');
    const held = useCases(bothMarkedFirst());

    const found = await outcomes([held.disable('a', 'b'), held.disable('b', 'a')]);

    expect(found).toEqual(['last_administrator', 'last_administrator']);
    expect(await remaining()).toBe(2);
    expect(await outcomes([useCases().disable('a', 'b')])).toEqual(['done']);
  });

  test('however three administrators take the role from each other at once, one remains', async () => {
    for (let round = 0; round < 15; round += 1) {
      await database.connection.collection('accounts').deleteMany({});
      for (const id of ['a', 'b', 'c']) await store(id);
      const { disable, give } = useCases();
      const office: readonly RoleAssignment[] = [{ role: 'office', departments: 'all' }];

      await outcomes([
        disable('a', 'b'),
        give('b', office),
        disable('c', 'a'),
        disable('b', 'c'),
        give('c', office),
      ]);

      expect(await remaining()).toBeGreaterThan(0);
    }
  });

  test('a mark that a crash left behind stops counting after ten minutes', async () => {
    await store('a');
    await store('b');
    await changes.markLeaving('b', { mark: 'left behind', at: now });
    const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

    expect(await outcomes([useCases({}, later(9)).disable('a', 'b')])).toEqual(['last_administrator']);
    expect(await outcomes([useCases({}, later(11)).disable('a', 'b')])).toEqual(['done']);
  });
});
