import { randomIndex } from '../../src/accounts/random-index.crypto.ts';
import type { Express } from 'express';
import type { Connection } from 'mongoose';
import supertest from 'supertest';
import { wireAccounts } from '../../src/accounts/accounts.wiring.ts';
import type { Accounts } from '../../src/accounts/accounts.wiring.ts';
import { createPasswordHasher } from '../../src/accounts/password.argon2.ts';
import type { PasswordHasher } from '../../src/accounts/password.argon2.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { createCsrf } from '../../src/http/csrf.csrf-sync.ts';
import { createSessionGate } from '../../src/http/session.express-session.ts';
import type { Route } from '../../src/http/route.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { wirePrivacy } from '../../src/privacy/privacy.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import type { Role } from '../../src/shared/principal.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { createTestApp, testTemplates, testTranslate } from '../support/test-app.ts';

/** The accounts slice over a real session gate, with what a test looks at or turns. */
export interface AccountsApp {
  readonly app: Express;
  readonly accounts: Accounts;
  /** Every audit event so far. */
  readonly events: readonly Omit<AuditEvent, 'at'>[];
  /** How many times argon2 has run. */
  readonly argonRuns: () => number;
  readonly now: () => Date;
  /** Moves the clock, in ms. */
  readonly advance: (ms: number) => void;
}

/** The password of the administrator that `createAccountsApp` can bootstrap. */
export const adminPassword = 'spring rain over the hills';

const testKey = Buffer.alloc(32, 7).toString('base64');

/** Two departments to bind accounts to. */
const departments = [
  { code: 'cardiology', name: { 'zh-Hans': '心内科', en: 'Cardiology' }, active: true },
  { code: 'orthopaedics', name: { 'zh-Hans': '骨科', en: 'Orthopaedics' }, active: true },
];

/** An instance of the service that has only accounts (and `routes`), with cheap argon2 costs. */
export function createAccountsApp(
  connection: Connection,
  options: {
    readonly forcePasswordChange?: boolean;
    readonly passwordMaxDays?: number;
    readonly failuresPerAddress?: number;
    readonly requireTwoFactor?: readonly Role[];
    readonly secure?: boolean;
    readonly routes?: readonly Route[];
  } = {},
): AccountsApp {
  const events: Omit<AuditEvent, 'at'>[] = [];
  let runs = 0;
  let now = new Date('2026-11-10T00:00:00Z').getTime();
  const cheap = createPasswordHasher({ memoryKiB: 8, passes: 1 });
  const hasher: PasswordHasher = {
    hash: (password) => {
      runs += 1;
      return cheap.hash(password);
    },
    verify: (passwordHash, password) => {
      runs += 1;
      return cheap.verify(passwordHash, password);
    },
  };
  const clock = { now: () => new Date(now) };
  const accounts = wireAccounts({
    connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    newId: randomIds.newId,
    randomIndex,
    hasher,
    hashKey: contentHash,
    recordAuditEvent: (event) => {
      events.push(event);
      return Promise.resolve();
    },
    listDepartments: () => Promise.resolve(departments),
    forcePasswordChange: options.forcePasswordChange ?? false,
    passwordMaxDays: options.passwordMaxDays ?? null,
    failuresPerAddress: options.failuresPerAddress ?? 100,
    requireTwoFactor: options.requireTwoFactor ?? [],
    keys: wirePrivacy({ encryption: [testKey], blindIndex: testKey }),
    hospitalName: { 'zh-Hans': '示范县人民医院', en: 'Demonstration County Hospital' },
    initialPassword: adminPassword,
    t: testTranslate,
    languages: locales,
    showMailbox: true,
    renderPage: testTemplates().page,
    createGate: ({ database, findPrincipal }) =>
      createSessionGate({
        database,
        findPrincipal,
        secret: 'a secret of the tests',
        secure: options.secure ?? false,
        idleMs: 15 * 60_000,
        absoluteMs: 12 * 3_600_000,
        clock,
        csrf: createCsrf(),
        hashId: contentHash,
      }),
  });
  const routes = [...accounts.routes, ...accounts.pages, ...(options.routes ?? [])];
  return {
    app: createTestApp({ routes, gate: accounts.gate }),
    accounts,
    events,
    argonRuns: () => runs,
    now: clock.now,
    advance: (ms) => {
      now += ms;
    },
  };
}

/** Forgets every account, login and session. */
export async function clearAccounts(connection: Connection): Promise<void> {
  for (const name of ['accounts', 'loginAttempts', 'loginAddresses', 'sessions', 'twoFactors']) {
    await connection.collection(name).deleteMany({});
  }
}

/** What the administrator logs in with. */
export const admin = { username: 'admin', password: adminPassword };
/** A login by the API. */
export const post = (agent: ReturnType<typeof supertest>, body: object): supertest.Test =>
  agent.post('/api/v1/sessions').send(body);

/** A browser that has logged in. */
export interface LoggedIn {
  readonly agent: ReturnType<typeof supertest.agent>;
  readonly csrfToken: string;
}

/** Logs in with a browser of its own. */
export async function logIn(app: Express, body: object = admin): Promise<LoggedIn> {
  const agent = supertest.agent(app);
  const response = await agent.post('/api/v1/sessions').send(body).expect(201);
  const { csrfToken } = response.body as { csrfToken: string };
  return { agent, csrfToken };
}

/** The cookies a response sets, as sent. */
export const cookieOf = (response: supertest.Response): string =>
  (response.get('Set-Cookie') ?? []).join('\n');
/** The stable code of a problem. */
export const codeOf = (response: supertest.Response): unknown => (response.body as { code: unknown }).code;

/** The JSON of a response. */
export const bodyOf = (response: supertest.Response): object => response.body as object;
