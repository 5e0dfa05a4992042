import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { clearAccounts, createAccountsApp, logIn } from './accounts-app.ts';
import type { AccountsApp, LoggedIn } from './accounts-app.ts';

let database: TestDatabase;
let service: AccountsApp;
let admin: LoggedIn;

beforeAll(async () => {
  database = await openTestDatabase();
  service = createAccountsApp(database.connection);
  await database.buildIndexes();
});

beforeEach(async () => {
  await clearAccounts(database.connection);
  service = createAccountsApp(database.connection);
  await service.accounts.bootstrapAdministrator();
  admin = await logIn(service.app);
});

afterAll(() => database.drop());

const minute = 60_000;
const hour = 60 * minute;

const open = (roles: readonly object[]): supertest.Test =>
  admin.agent
    .post('/api/v1/accounts')
    .set('x-csrf-token', admin.csrfToken)
    .send({ username: 'n1024', displayName: '李', roles });

const rolesSeenBy = async ({ agent }: LoggedIn): Promise<readonly object[]> => {
  const seen = await agent.get('/api/v1/sessions/current').expect(200);
  return (seen.body as { principal: { roles: object[] } }).principal.roles;
};

describe('the term of a role', () => {
  test('a role begins and ends at the hospital’s midnight, on the next request of a session that goes on', async () => {
    const roles = [{ role: 'office', departments: 'all', from: '2026-11-11', until: '2026-11-11' }];
    const created = await open(roles).expect(201);
    const { oneTimePassword: password } = created.body as { oneTimePassword: string };
    const logInNow = (): Promise<LoggedIn> => logIn(service.app, { username: 'n1024', password });

    // The clock of the tests stands at 08:00 of 2026-11-10 in Shanghai.
    service.advance(16 * hour - minute);
    const first = await logInNow();
    const before = await rolesSeenBy(first);
    service.advance(2 * minute);
    const begun = await rolesSeenBy(first);
    service.advance(24 * hour - 2 * minute);
    const second = await logInNow();
    const lasting = await rolesSeenBy(second);
    service.advance(2 * minute);
    const over = await rolesSeenBy(second);

    const office = [{ role: 'office', departments: 'all' }];
    expect({ before, begun, lasting, over }).toEqual({
      before: [],
      begun: office,
      lasting: office,
      over: [],
    });
  });

  test('every instance judges the term by itself', async () => {
    const roles = [{ role: 'office', departments: 'all', until: '2026-11-10' }];
    const created = await open(roles).expect(201);
    const { oneTimePassword: password } = created.body as { oneTimePassword: string };
    const session = await logIn(service.app, { username: 'n1024', password });
    const later = createAccountsApp(database.connection);
    later.advance(24 * hour);

    const here = await rolesSeenBy(session);
    const there = await rolesSeenBy(await logIn(later.app, { username: 'n1024', password }));

    expect([here.length, there.length]).toEqual([1, 0]);
  });

  test('an account stored before roles had a term holds its roles without end', async () => {
    await database.connection
      .collection<{ _id: string }>('accounts')
      .updateOne({ _id: 'admin' }, { $set: { roles: [{ role: 'admin', departments: 'all' }] } });

    expect(await rolesSeenBy(admin)).toEqual([{ role: 'admin', departments: 'all' }]);
  });

  test.each([
    ['a day that does not exist', [{ role: 'office', departments: 'all', from: '2026-02-30' }], 400],
    [
      'a last day before the first',
      [{ role: 'office', departments: 'all', from: '2026-02-02', until: '2026-02-01' }],
      422,
    ],
    [
      'an administrator who is the auditor, even one after the other',
      [
        { role: 'admin', departments: 'all', until: '2026-10-31' },
        { role: 'auditor', departments: 'all', from: '2026-11-01' },
      ],
      422,
    ],
  ])('%s is refused', async (_what, roles, status) => {
    await open(roles).expect(status);

    expect(await database.connection.collection('accounts').countDocuments()).toBe(1);
  });
});
