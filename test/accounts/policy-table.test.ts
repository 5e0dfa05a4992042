import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { departmentRoles } from '../../src/accounts/policy.ts';
import type { Route } from '../../src/http/route.ts';
import { roles } from '../../src/shared/principal.ts';
import type { Role, RoleAssignment } from '../../src/shared/principal.ts';
import { httpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { policyTable } from './policy-table.ts';
import { knock, sessionOf } from './policy-knock.ts';
import type { Knocked } from './policy-knock.ts';

const own = 'surgery';
const other = 'internal-medicine';

let service: TestService;
let cookies: ReadonlyMap<string, string>;
let passwordOfNurse = '';
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
/** A route without a line is the first test's matter. */
const staffRoutes = (): readonly Route[] =>
  service.composition.routes.filter((one) => one.guard.name !== 'open' && policyTable.has(nameOf(one)));

const typical = (role: Role): RoleAssignment => ({
  role,
  departments: departmentRoles.includes(role) ? [own] : 'all',
});
/** Nobody can be given all roles, as administrator and auditor are two people. */
const halves = [roles.filter((role) => role !== 'auditor'), roles.filter((role) => role !== 'admin')];
const halfWith = (term: Partial<RoleAssignment>): readonly (readonly RoleAssignment[])[] =>
  halves.map((half) => half.map((role) => ({ ...typical(role), ...term })));

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-10T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  const admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
  const people: readonly (readonly [string, readonly RoleAssignment[]])[] = [
    ...roles.map((role) => [`the-${role}`, [typical(role)]] as const),
    ...halfWith({ until: '2026-11-09' }).map((held, index) => [`over-${index}`, held] as const),
    ...halfWith({ from: '2026-11-11' }).map((held, index) => [`to-come-${index}`, held] as const),
  ];
  const sessions: (readonly [string, string])[] = [];
  for (const [username, held] of people) {
    const answer = await admin.post('/api/v1/accounts', { username, displayName: username, roles: held });
    const { oneTimePassword } = answer.json() as { oneTimePassword: string };
    if (username === 'the-nurse') passwordOfNurse = oneTimePassword;
    sessions.push([username, await sessionOf(service.staffUrl, username, oneTimePassword)]);
  }
  cookies = new Map(sessions);
}, 60_000);

afterAll(() => service.stop());

const knockAs = (who: string, route: Route, departmentCode: string): Promise<Knocked> =>
  knock(service.staffUrl, route, { cookie: cookies.get(who) ?? null, departmentCode });

/** What a role finds at a route for the own department, another one and the hospital. */
async function found(role: Role, route: Route): Promise<readonly Knocked[]> {
  if (!route.guard.name.includes(':')) return [await knockAs(`the-${role}`, route, own)];
  return Promise.all([own, other, 'hospital'].map((department) => knockAs(`the-${role}`, route, department)));
}

function expected(role: Role, route: Route): readonly Knocked[] {
  const access = policyTable.get(nameOf(route));
  const reach = access === 'logged-in' ? 'all' : typeof access === 'object' ? access[role] : undefined;
  const first = reach === undefined ? 'refused' : 'let in';
  if (!route.guard.name.includes(':')) return [first];
  const rest = reach === 'all' ? 'let in' : 'refused';
  return [first, rest, rest];
}

describe('who may call what', () => {
  test('every route of the service stands in the table, and the table names no other', () => {
    const composed = service.composition.routes.map(nameOf);

    expect([...policyTable.keys()].toSorted()).toEqual([...new Set(composed)].toSorted());
  });

  test('a line of the table that is open is open in the service, and no other is', () => {
    const open = service.composition.routes.filter(({ guard }) => guard.name === 'open').map(nameOf);

    expect(
      [...policyTable]
        .filter(([, access]) => access === 'open')
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(open.toSorted());
  });

  test.each(roles)(
    '%s is let in and refused as the table says, at every route of the running service',
    async (role) => {
      const wrong: string[] = [];
      for (const route of staffRoutes()) {
        const [is, should] = [await found(role, route), expected(role, route)];
        if (is.join() !== should.join()) wrong.push(`${nameOf(route)}: ${is.join()}, not ${should.join()}`);
      }

      expect(wrong).toEqual([]);
    },
    60_000,
  );

  test('nobody gets in without a session', async () => {
    const answers = await Promise.all(
      staffRoutes().map((route) => knock(service.staffUrl, route, { cookie: null, departmentCode: own })),
    );

    expect(new Set(answers)).toEqual(new Set(['unknown']));
  });

  test.each(['over-0', 'over-1', 'to-come-0', 'to-come-1'])(
    'roles that are over or to come open nothing but the own session: %s',
    async (who) => {
      const open: string[] = [];
      for (const route of staffRoutes()) {
        if ((await knockAs(who, route, own)) === 'let in') open.push(nameOf(route));
      }

      expect(open.toSorted()).toEqual(
        [...policyTable]
          .filter(([, access]) => access === 'logged-in')
          .map(([name]) => name)
          .toSorted(),
      );
    },
    60_000,
  );
});

describe('what nobody can make of themselves', () => {
  const more = {
    roles: [{ role: 'admin', departments: 'all' }],
    active: true,
    credentialVersion: 99,
    version: 99,
  };

  test('roles, state and versions that are sent along are refused, and nothing of the account changes', async () => {
    const [before] = await service.stored('accounts', { username: 'the-nurse' });
    const { _id: id } = before as { _id: string };
    const nurse = httpClient(service.staffUrl);
    await nurse.logIn('the-nurse', passwordOfNurse);
    const passwords = { currentPassword: passwordOfNurse, newPassword: 'a river in the morning' };
    const typed = { ...passwords, repeatedPassword: passwords.newPassword };

    const answers = [
      await nurse.post('/api/v1/accounts/current/password', { ...passwords, ...more }),
      await nurse.submit('/account/password', { ...typed, roles: 'admin', 'role-0': 'admin' }),
      await nurse.post('/api/v1/sessions', { username: 'the-nurse', password: passwordOfNurse, ...more }),
      await nurse.put(`/api/v1/accounts/${id}`, { version: 1, displayName: '我', roles: more.roles }),
      await nurse.submit(`/admin/accounts/${id}`, { version: '1', displayName: '我', 'role-0': 'admin' }),
      await nurse.post('/api/v1/accounts', { username: 'me', displayName: '我', roles: more.roles }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 403, 403, 403]);
    const [after] = await service.stored('accounts', { username: 'the-nurse' });
    expect({ ...(after as object), lastLoginAt: null }).toEqual({ ...(before as object), lastLoginAt: null });
  });
});
