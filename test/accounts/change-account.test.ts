import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { bodyOf, codeOf, createAccountsApp, logIn } from './accounts-app.ts';
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
  for (const name of ['accounts', 'loginAttempts', 'sessions']) {
    await database.connection.collection(name).deleteMany({});
  }
  service = createAccountsApp(database.connection);
  await service.accounts.bootstrapAdministrator();
  admin = await logIn(service.app);
});

afterAll(() => database.drop());

interface Opened {
  readonly id: string;
  readonly version: number;
  readonly password: string;
}

const nurse = { username: 'li', displayName: '李', roles: [{ role: 'nurse', departments: ['cardiology'] }] };
const send = (
  method: 'post' | 'put',
  path: string,
  body: object = {},
  { agent, csrfToken } = admin,
): supertest.Test =>
  agent[method](path).set({ 'x-csrf-token': csrfToken, 'accept-language': 'en' }).send(body);
const page = (path: string, fields: object = {}): supertest.Test =>
  admin.agent
    .post(path)
    .type('form')
    .set('accept-language', 'en')
    .send({ _csrf: admin.csrfToken, ...fields });

async function open(body: object = nurse): Promise<Opened> {
  const created = (await send('post', '/api/v1/accounts', body).expect(201)).body as {
    account: { id: string; version: number };
    oneTimePassword: string;
  };
  return { ...created.account, password: created.oneTimePassword };
}

const rolesOf = async ({ agent }: LoggedIn): Promise<readonly string[]> => {
  const answer = await agent.get('/api/v1/sessions/current').expect(200);
  return (answer.body as { principal: { roles: { role: string }[] } }).principal.roles.map(
    ({ role }) => role,
  );
};

describe('changing an account', () => {
  test('new roles are in force at the next request of a session that goes on, and the old ones are not', async () => {
    const { id, version, password } = await open();
    const session = await logIn(service.app, { username: 'li', password });

    const roles = [{ role: 'clerk', departments: 'all' }];
    const changed = await send('put', `/api/v1/accounts/${id}`, { version, displayName: '李四', roles });

    expect(changed.status).toBe(200);
    expect(bodyOf(changed)).toMatchObject({ id, version: version + 1, displayName: '李四', roles });
    expect(await rolesOf(session)).toEqual(['clerk']);
  });

  test('of two changes from one version the second is refused and changes nothing', async () => {
    const { id, version } = await open();
    const change = { version, displayName: '甲', roles: nurse.roles };
    await send('put', `/api/v1/accounts/${id}`, change).expect(200);

    const second = await send('put', `/api/v1/accounts/${id}`, { ...change, displayName: '乙' });

    expect([second.status, codeOf(second)]).toEqual([409, 'account_changed']);
    expect(await database.connection.collection('accounts').findOne({ username: 'li' })).toMatchObject({
      displayName: '甲',
    });
  });

  test('an account stored before versions were kept can be changed, and only once from its version', async () => {
    const { id } = await open();
    await database.connection
      .collection('accounts')
      .updateOne({ username: 'li' }, { $unset: { version: 1 } });
    const change = { version: 1, roles: nurse.roles };

    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((displayName) =>
        send('put', `/api/v1/accounts/${id}`, { ...change, displayName }),
      ),
    );

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  test('nothing but name and roles can be sent', async () => {
    const { id, version } = await open();
    const change = { version, displayName: '李', roles: nurse.roles };
    const extras = [{ active: false }, { credentialVersion: 9 }, { username: 'root' }, { passwordHash: 'x' }];

    const answers = await Promise.all(
      extras.map((extra) => send('put', `/api/v1/accounts/${id}`, { ...change, ...extra })),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  });

  test('changes are audited with the names of the fields and no value', async () => {
    const { id, version } = await open();
    await send('put', `/api/v1/accounts/${id}`, { version, displayName: '李四', roles: nurse.roles });
    await send('put', `/api/v1/accounts/${id}`, { version, displayName: '王五', roles: nurse.roles });

    const changes = service.events.filter(({ action }) => action === 'account.change');
    expect(changes).toMatchObject([
      { subject: `account/${id}`, outcome: 'succeeded', fields: ['displayName'] },
    ]);
    expect(JSON.stringify(changes)).not.toContain('李四');
  });

  test('a closed department stays with who has it and is given to nobody else', async () => {
    const { id, version } = await open();
    const roles = [{ role: 'nurse', departments: ['closed-ward'] }];
    const given = await send('put', `/api/v1/accounts/${id}`, { version, displayName: '李', roles });
    await database.connection.collection('accounts').updateOne({ username: 'li' }, { $set: { roles } });

    const kept = await send('put', `/api/v1/accounts/${id}`, { version, displayName: '李四', roles });

    expect([given.status, kept.status]).toEqual([422, 200]);
  });

  test('a disabled person logs in again after enabling, but no session of before lives on', async () => {
    const { id, password } = await open();
    const session = await logIn(service.app, { username: 'li', password });
    const sessions = database.connection.collection('sessions');
    const kept = await sessions.findOne({ 'session.accountId': id });
    await send('post', `/api/v1/accounts/${id}/disable`).expect(204);
    await sessions.insertOne({ ...kept });

    await send('post', `/api/v1/accounts/${id}/enable`).expect(204);

    expect((await session.agent.get('/api/v1/sessions/current')).status).toBe(401);
    expect(await rolesOf(await logIn(service.app, { username: 'li', password }))).toEqual(['nurse']);
  });
});

describe('the list of accounts', () => {
  test('it is searched by part of a name, a role and a state, and shows the last login', async () => {
    const { id, password } = await open();
    await open({ ...nurse, username: 'wang', displayName: '王' });
    await logIn(service.app, { username: 'li', password });
    await send('post', `/api/v1/accounts/${id}/disable`);
    const find = async (query: string): Promise<readonly string[]> => {
      const answer = await admin.agent.get(`/api/v1/accounts?${query}`).expect(200);
      return (answer.body as { accounts: { username: string }[] }).accounts.map(({ username }) => username);
    };

    expect(await find('')).toEqual(['admin', 'li', 'wang']);
    expect(await find('text=LI')).toEqual(['li']);
    expect(await find(`text=${encodeURIComponent('王')}`)).toEqual(['wang']);
    expect(await find('role=nurse&state=active')).toEqual(['wang']);
    expect((await admin.agent.get('/api/v1/accounts?role=king')).status).toBe(400);
    const shown = await admin.agent.get('/admin/accounts?role=nurse&lang=en').expect(200);
    expect(shown.text).toContain('2026-11-10 08:00');
    expect(shown.text).toContain('not yet');
  });
});

describe('the form of an account', () => {
  test('each role comes back with its departments and its term, and an empty row takes a role away', async () => {
    const { id } = await open();
    const sent = {
      version: 1,
      displayName: '李',
      'role-0': 'head',
      'departments-0': ['cardiology', 'orthopaedics'],
      'until-0': '2026-12-31',
      'role-1': 'caller',
      'from-1': '2027-01-01',
    };

    const saved = await page(`/admin/accounts/${id}`, sent);
    const shown = await admin.agent.get('/admin/accounts?lang=en');
    await page(`/admin/accounts/${id}`, { ...sent, version: 2, 'role-0': '' });
    const after = await admin.agent.get('/admin/accounts?lang=en');

    expect([saved.status, saved.get('Location')]).toEqual([303, `/admin/accounts/${id}?done=saved`]);
    expect(shown.text).toContain('Department head: Cardiology, Orthopaedics');
    expect(shown.text).toContain('until 2026-12-31');
    expect(shown.text).toMatch(/Caller<\/span>.*from 2027-01-01 · not in force/);
    expect(after.text).not.toContain('Department head: Cardiology');
  });

  test('what was typed stays when somebody else was faster; saved again it stands', async () => {
    const { id } = await open();
    const fields = { displayName: '李', 'role-0': 'nurse', 'departments-0': 'cardiology' };
    await page(`/admin/accounts/${id}`, { ...fields, version: 1, displayName: '别人写的' });

    const late = await page(`/admin/accounts/${id}`, { ...fields, version: 1, displayName: '我写的' });
    const version = /name="version" value="(\d+)"/.exec(late.text)?.[1];
    const again = await page(`/admin/accounts/${id}`, { ...fields, version, displayName: '我写的' });

    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody else has changed this account meanwhile');
    expect(late.text).toContain('别人写的');
    expect(late.text).toContain('value="我写的"');
    expect([again.status, version]).toEqual([303, '2']);
  });

  test('faults name the role they are in, and one more row loses nothing', async () => {
    const fields = { username: 'wang', displayName: '王', 'role-1': 'nurse', 'until-1': '2026-02-30' };

    const faulty = await page('/admin/accounts', fields);
    const more = await page('/admin/accounts', { ...fields, more: 'yes' });

    expect(faulty.status).toBe(422);
    expect(faulty.text).toContain('Role 1: This role needs departments');
    expect(faulty.text).toContain('Role 1: This day does not exist');
    expect(more.status).toBe(200);
    expect(more.text).toContain('value="2026-02-30"');
    expect(more.text.match(/<legend>/g)).toHaveLength(3);
  });
});
