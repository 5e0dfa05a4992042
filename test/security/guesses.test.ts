import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import supertest from 'supertest';
import { addressKey } from '../../src/shared/address-key.ts';
import { recentAttempts, secondsLocked } from '../../src/accounts/login-limit.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import {
  admin,
  bodyOf,
  clearAccounts,
  codeOf,
  createAccountsApp,
  logIn,
  post,
} from '../accounts/accounts-app.ts';
import type { AccountsApp } from '../accounts/accounts-app.ts';

let database: TestDatabase;
let service: AccountsApp;
let wards: AccountsApp;

const allowed = 8;

function behindProxy(): AccountsApp {
  const app = createAccountsApp(database.connection, { failuresPerAddress: allowed });
  app.app.set('trust proxy', 1);
  return app;
}

beforeAll(async () => {
  database = await openTestDatabase();
  service = createAccountsApp(database.connection);
  await database.buildIndexes();
});

beforeEach(async () => {
  await clearAccounts(database.connection);
  service = createAccountsApp(database.connection);
  await service.accounts.bootstrapAdministrator();
  wards = behindProxy();
});

afterAll(() => database.drop());

const guess = (app: AccountsApp, n: number, address = '10.1.2.3'): supertest.Test =>
  post(supertest(app.app), { username: `nobody-${n}`, password: 'a guess of mine' }).set(
    'x-forwarded-for',
    address,
  );

async function fail(app: AccountsApp, count: number, address?: string): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push((await guess(app, n, address)).status);
  return statuses;
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('which accounts exist', () => {
  test('nobody learns: an unknown user, a wrong password and a disabled account get one answer for one run of argon2', async () => {
    const office = await logIn(service.app);
    const opened = await office.agent
      .post('/api/v1/accounts')
      .set('x-csrf-token', office.csrfToken)
      .send({ username: 'gone', displayName: 'Gone', roles: [{ role: 'director', departments: 'all' }] });
    const { account, oneTimePassword } = bodyOf(opened) as {
      account: { id: string };
      oneTimePassword: string;
    };
    await office.agent
      .post(`/api/v1/accounts/${account.id}/disable`)
      .set('x-csrf-token', office.csrfToken)
      .expect(204);

    const answers: object[] = [];
    for (const body of [
      { username: 'nobody', password: 'a guess of mine' },
      { ...admin, password: 'a guess of mine' },
      { username: 'gone', password: oneTimePassword },
      { username: 'gone', password: 'a guess of mine' },
    ]) {
      const before = service.argonRuns();
      const response = await post(supertest(service.app), body);
      const cookie = response.get('Set-Cookie');
      const runs = service.argonRuns() - before;
      answers.push({ status: response.status, ...bodyOf(response), requestId: '', cookie, runs });
    }

    expect(answers[0]).toMatchObject({ status: 401, code: 'invalid_credentials', runs: 1 });
    expect(answers).toEqual(times(4, answers[0]));
  });

  test('nobody learns from the page either', async () => {
    const shown: string[] = [];
    for (const username of ['nobody', 'admin']) {
      const { text } = await supertest(service.app)
        .post('/login?lang=en')
        .type('form')
        .send({ username, password: 'a guess of mine' })
        .expect(401);
      shown.push(text.replace(`value="${username}"`, 'value="NAME"'));
    }

    expect(shown[0]).toBe(shown[1]);
  });
});

describe('an address from which many logins fail', () => {
  test('is slowed to one in ten seconds, for any name, and told how long to wait', async () => {
    const statuses = await fail(wards, allowed + 1);
    const slowed = await guess(wards, 99);
    wards.advance(10_000);
    const later = [(await guess(wards, 100)).status, (await guess(wards, 101)).status];

    expect(statuses).toEqual([...times(allowed, 401), 429]);
    expect([slowed.status, codeOf(slowed), slowed.get('Retry-After')]).toEqual([429, 'address_slowed', '10']);
    expect(later).toEqual([401, 429]);
  });

  test('tries no password while it is slowed', async () => {
    await fail(wards, allowed);
    const before = wards.argonRuns();

    await Promise.all(Array.from({ length: 10 }, (_, n) => guess(wards, n)));

    expect(wards.argonRuns()).toBe(before);
  });

  test('is counted for all instances together, also when the guesses come at once', async () => {
    const instances = [wards, behindProxy()];
    const before = instances.map(({ argonRuns }) => argonRuns());

    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => guess(instances[n % 2] ?? wards, n)),
    );

    const runs = instances.map(({ argonRuns }, n) => argonRuns() - (before[n] ?? 0));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(allowed);
    expect(runs.reduce((sum, one) => sum + one, 0)).toBe(allowed);
  });

  test('is told so on the page, with the seconds to wait', async () => {
    await fail(wards, allowed);

    const page = await supertest(wards.app)
      .post('/login?lang=en')
      .set('x-forwarded-for', '10.1.2.3')
      .type('form')
      .send(admin);

    expect([page.status, page.get('Retry-After')]).toEqual([429, '10']);
    expect(page.text).toContain('Please try again in 10 seconds.');
    expect(page.text).toContain('value="admin"');
  });

  test('slows no other address', async () => {
    await fail(wards, allowed);

    expect((await guess(wards, 50, '10.1.2.4')).status).toBe(401);
  });

  test('forgets failures one by one', async () => {
    await fail(wards, allowed);
    wards.advance(allowed * 10_000);

    expect(await fail(wards, allowed + 1)).toEqual([...times(allowed, 401), 429]);
  });

  test('is not kept waiting by a clock that was set back', async () => {
    wards.advance(3_600_000);
    await fail(wards, 2);
    wards.advance(-3_600_000);

    const first = await guess(wards, 10);
    wards.advance(10_000);
    const second = await guess(wards, 11);

    expect([first.status, Number(first.get('Retry-After')) <= 10, second.status]).toEqual([429, true, 401]);
  });
});

describe('a ward behind one address', () => {
  test('logs in as often as it likes: only failures count', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 3 * allowed; n += 1) {
      statuses.push((await post(supertest(wards.app), admin).set('x-forwarded-for', '10.1.2.3')).status);
    }

    expect(statuses).toEqual(times(3 * allowed, 201));
  });
});

describe('one address', () => {
  test.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::'],
    ['2001:db8::1', '2001:db8:0:0::'],
    ['::1', '0:0:0:0::'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  test('an IPv6 network of 64 bits is one, whatever its last half is', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const half = fc.tuple(group, group, group, group).map((groups) => groups.join(':'));

    fc.assert(
      fc.property(half, half, half, (network, one, other) => {
        expect(addressKey(`${network}:${one}`)).toBe(addressKey(`${network}:${other}`));
      }),
    );
  });
});

describe('a clock that was set back', () => {
  const now = new Date('2026-11-10T00:00:00Z');
  const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

  test('lengthens no lock beyond half an hour', () => {
    expect(secondsLocked({ attempts: [], lockedUntil: at(75) }, now)).toBe(0);
    expect(secondsLocked({ attempts: [], lockedUntil: at(16) }, now)).toBe(960);
  });

  test('keeps no failure alive that lies an hour ahead', () => {
    expect(recentAttempts({ attempts: [at(60), at(61)], lockedUntil: null }, now)).toBe(0);
    expect(recentAttempts({ attempts: [at(1), at(-1)], lockedUntil: null }, now)).toBe(2);
  });
});
