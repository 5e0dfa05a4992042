import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actionsOfRole, departmentRoles, divisibleRoles } from '../../src/accounts/policy.ts';
import type { Route } from '../../src/http/route.ts';
import { roles } from '../../src/shared/principal.ts';
import { httpClient } from '../support/http-client.ts';
import type { Answer, HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { addressOf, nameOf } from './walk.ts';

/*
 * Rights do not add up: who holds two roles with different departments may do with an object what the role for its department
 * allows, whatever the other role lets through the guard of the route.
 */

const clock = movingClock('2026-11-10T02:00:00Z');
const wards = ['surgery', 'internal-medicine'] as const;
type Ward = (typeof wards)[number];

const held = {
  office: [{ role: 'office', departments: 'all' }],
  caller: [{ role: 'caller', departments: 'all' }],
  /** Calls in one ward, answers emergencies of the other. */
  mixed: [
    { role: 'nurse', departments: ['surgery'] },
    { role: 'duty-doctor', departments: ['internal-medicine'] },
  ],
  /** Sees all emergencies, answers those of one ward. */
  supervisor: [
    { role: 'call-supervisor', departments: 'all' },
    { role: 'duty-doctor', departments: ['surgery'] },
  ],
  /** Keys in paper of one ward, calls in the other. */
  clerk: [
    { role: 'clerk', departments: ['surgery'] },
    { role: 'nurse', departments: ['internal-medicine'] },
  ],
};

let service: TestService;
let people: Readonly<Record<keyof typeof held, HttpClient>>;
let flags: Readonly<Record<Ward, { readonly callId: string; readonly attemptId: string }>>;

const attempt = (): object => ({
  attemptId: randomUUID(),
  disposition: 'patient-absent',
  startedAt: clock.now().toISOString(),
  durationSeconds: 30,
});

/** Bodies with which a handler is reached, by the end of the path; all others are empty. */
const bodies: readonly (readonly [end: string, body: () => object])[] = [
  ['/attempts', attempt],
  [
    '/worklist/:id',
    () => ({ attemptId: randomUUID(), submissionId: randomUUID(), startedAt: clock.now().toISOString() }),
  ],
  ['/settle', () => ({ outcome: 'advised' })],
];

function ask(who: HttpClient, route: Route, params: Readonly<Record<string, string>>): Promise<Answer> {
  const address = addressOf(route, params);
  const body = bodies.find(([end]) => route.path.endsWith(end))?.[1]() ?? {};
  if (route.method === 'get') return who.get(address);
  if (route.method === 'delete') return who.delete(address);
  return route.path.startsWith('/api/')
    ? who.post(address, body)
    : who.submit(address, body as Readonly<Record<string, string>>);
}

/** Routes that do something with one object. */
const routesOf = (action: string): readonly Route[] =>
  service.composition.routes.filter(({ guard, path }) => guard.name === action && path.includes(':'));

/** What each route of an action answers about an object. */
async function statusesOf(
  who: HttpClient,
  action: string,
  params: Readonly<Record<string, string>>,
): Promise<readonly (readonly [name: string, status: number])[]> {
  const found: (readonly [string, number])[] = [];
  for (const route of routesOf(action)) found.push([nameOf(route), (await ask(who, route, params)).status]);
  return found;
}

const isAnswered = ([, status]: readonly [string, number]): boolean =>
  status < 400 || status === 409 || status === 422;
const hidden = (action: string): readonly (readonly [string, number])[] =>
  routesOf(action).map((route) => [nameOf(route), 404]);

async function openPeople(): Promise<typeof people> {
  const admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
  const logIn = async (username: keyof typeof held): Promise<HttpClient> => {
    const account = { username, displayName: username, roles: held[username] };
    const { oneTimePassword } = (await admin.post('/api/v1/accounts', account)).json() as {
      oneTimePassword: string;
    };
    const client = httpClient(service.baseUrl);
    await client.logIn(username, oneTimePassword);
    return client;
  };
  return {
    office: await logIn('office'),
    caller: await logIn('caller'),
    mixed: await logIn('mixed'),
    supervisor: await logIn('supervisor'),
    clerk: await logIn('clerk'),
  };
}

const callsOf = async (
  who: HttpClient,
  query = '',
): Promise<readonly { id: string; departmentCode: string }[]> =>
  (
    (await who.get(`/api/v1/follow-up-calls?state=open${query}`)).json() as {
      calls: { id: string; departmentCode: string }[];
    }
  ).calls;

/** An emergency that was heard on the phone of a ward's patient. */
async function raise(departmentCode: Ward): Promise<{ callId: string; attemptId: string }> {
  const { office, caller } = people;
  const patient = { patientName: '李秀兰', phone: '13800138001', dischargedOn: '2026-11-06' };
  await office.post('/api/v1/discharges', {
    discharges: [{ ...patient, admissionNo: `ZY-${departmentCode}`, departmentCode }],
  });
  const [call] = await callsOf(caller, `&department=${departmentCode}`);
  const callId = call?.id ?? '';
  const heard = { ...attempt(), redFlag: true };
  const logged = await caller.post(`/api/v1/follow-up-calls/${callId}/attempts`, heard);
  if (logged.status !== 201) throw new Error(`The attempt was answered ${logged.status}: ${logged.text}`);
  return logged.json() as { callId: string; attemptId: string };
}

beforeAll(async () => {
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  people = await openPeople();
  flags = { surgery: await raise('surgery'), 'internal-medicine': await raise('internal-medicine') };
}, 60_000);

afterAll(() => service.stop());

const sheet = (departmentCode: Ward): object => ({
  submissionId: randomUUID(),
  formId: 'outpatient',
  formVersion: 1,
  departmentCode,
  mode: 'paper',
  answeredOn: '2026-11-09',
  answers: {},
});

describe('somebody with two roles for different departments', () => {
  test('finds calls of the ward in which they call, at every route, and none of the ward in which they are duty doctor', async () => {
    const { mixed } = people;
    const [own, other] = [flags.surgery.callId, flags['internal-medicine'].callId];

    const elsewhere = await statusesOf(mixed, 'follow-up-call.work', { id: other });
    const [first, ...claimed] = await statusesOf(mixed, 'follow-up-call.work', { id: own });
    const listed = [await callsOf(mixed), await callsOf(mixed, '&department=internal-medicine')];

    expect(elsewhere).toEqual(hidden('follow-up-call.work'));
    expect([first, ...claimed].filter((one) => !one || !isAnswered(one))).toEqual([]);
    expect(listed.map((calls) => calls.map(({ departmentCode }) => departmentCode))).toEqual([
      ['surgery'],
      [],
    ]);
  });

  test.each([
    ['mixed', 'internal-medicine', 'surgery', ['internal-medicine']],
    ['supervisor', 'surgery', 'internal-medicine', ['internal-medicine', 'surgery']],
  ] as const)(
    '%s handles red flags of %s, at every route, and none of %s, whichever are seen',
    async (who, own, other, seen) => {
      const { redFlags } = (await people[who].get('/api/v1/red-flags')).json() as {
        redFlags: { departmentCode: string }[];
      };
      const page = await people[who].get('/red-flags');

      const elsewhere = await statusesOf(people[who], 'red-flag.handle', flags[other]);
      const theirs = await statusesOf(people[who], 'red-flag.handle', flags[own]);

      expect(redFlags.map(({ departmentCode }) => departmentCode).toSorted()).toEqual(seen);
      expect(page.text).toContain(`${flags[own].attemptId}/take`);
      expect(page.text).not.toContain(`${flags[other].attemptId}/take`);
      expect(elsewhere).toEqual(hidden('red-flag.handle'));
      expect(theirs.filter((one) => !isAnswered(one))).toEqual([]);
    },
  );

  test('enters answers on paper of the ward whose clerk they are, and none of the ward in which they call', async () => {
    const { clerk } = people;
    const [own, other] = [
      await clerk.post('/api/v1/survey-responses', sheet('surgery')),
      await clerk.post('/api/v1/survey-responses', sheet('internal-medicine')),
    ];
    const page = await clerk.get('/paper');
    const posted = await clerk.submit('/paper/internal-medicine?group=outpatient', {});

    expect([own.status === 403, other.status, posted.status]).toEqual([false, 403, 403]);
    expect(page.text).toContain('value="surgery"');
    expect(page.text).not.toContain('value="internal-medicine"');
  });
});

describe('what is not judged by department', () => {
  const bound = [...departmentRoles, ...divisibleRoles];

  test('words, contacts, consents and all else is done by roles that cannot be given for some departments only', async () => {
    const admin = httpClient(service.baseUrl);
    await admin.logIn('admin', adminPassword);
    const answers = await Promise.all(
      roles
        .filter((role) => !bound.includes(role))
        .map((role) =>
          admin.post('/api/v1/accounts', {
            username: `some-${role}`,
            displayName: role,
            roles: [{ role, departments: ['surgery'] }],
          }),
        ),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
  });

  test('roles for some departments do only what is judged by department, and read reports of imports', () => {
    // The reports name files and rows, never patients. Whoever adds an action here adds its objects to the tests above.
    expect([...new Set(bound.flatMap((role) => actionsOfRole[role]))].toSorted()).toEqual([
      'follow-up-call.work',
      'import.read',
      'red-flag.handle',
      'red-flag.read',
      'scorecard.read',
      'survey-response.enter',
    ]);
  });
});
