import type { Express } from 'express';
import supertest from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { wireApiKeys } from '../../src/api-keys/api-keys.wiring.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { openToAll, route } from '../../src/http/route.ts';
import type { Route } from '../../src/http/route.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { Principal, Role } from '../../src/shared/principal.ts';
import { movingClock } from '../support/moving-clock.ts';
import type { MovingClock } from '../support/moving-clock.ts';
import {
  createTestApp,
  gateFor,
  testCsrfToken,
  testTemplates,
  testTranslate,
  testShell,
} from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/** Somebody with one role for all departments. */
export const person = (role: Role): Principal => ({
  accountId: `account-of-${role}`,
  username: role,
  displayName: '周敏',
  roles: [{ role, departments: 'all' }],
  mustChangePassword: false,
});

/** What a request carries besides a key. */
type Request = supertest.Test;

/** The slice on a real database, over HTTP, on two instances. */
export interface ApiKeysWorld {
  readonly database: TestDatabase;
  readonly clock: MovingClock;
  /** What was recorded in the audit trail. */
  readonly events: Omit<AuditEvent, 'at'>[];
  /** An instance of the service, with somebody logged in or nobody. */
  readonly app: (principal?: Principal | null) => Express;
  /** Makes a key as the administrator and gives it. */
  readonly make: (fields?: object) => Promise<{ readonly id: string; readonly token: string }>;
  /** An unsafe request of the administrator. */
  readonly asAdmin: (method: 'post' | 'delete', path: string, body?: object) => Request;
  /** A request with `Authorization: Bearer <token>`; it may change path, method and instance. */
  readonly use: (token: string, options?: { readonly path?: string; readonly app?: Express }) => Request;
  readonly stored: () => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

/** Lines of a service whose guards are real ones: what each answers is who asked. */
const lines: readonly Route[] = [
  ...(
    [
      ['get', '/api/v1/scorecards', 'scorecard.read'],
      ['post', '/api/v1/discharges', 'discharge.write'],
      ['get', '/scorecards', 'scorecard.read'],
    ] as const
  ).map(([method, path, action]) =>
    route({
      method,
      path,
      guard: guardFor(action),
      summary: 'Who asks.',
      handle: ({ principal, csrfToken }, response) => {
        response.json({ accountId: principal?.accountId, csrfToken });
      },
    }),
  ),
  route({
    method: 'get',
    path: '/api/v1/open',
    guard: openToAll,
    summary: 'Who asks.',
    handle: ({ principal }, response) => {
      response.json({ accountId: principal?.accountId ?? null });
    },
  }),
];

/** Opens the world at ten in the morning of 2 November 2026; close it afterwards. */
export async function openApiKeysWorld(): Promise<ApiKeysWorld> {
  const database = await openTestDatabase();
  const clock = movingClock('2026-11-02T02:00:00Z');
  const events: Omit<AuditEvent, 'at'>[] = [];
  const templates = testTemplates();
  const { routes, pages, machines } = wireApiKeys({
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    translate: testTranslate,
    lifetime: { defaultDays: 365, maxDays: 730 },
    guard: guardFor,
    shell: testShell,
    renderPage: templates.page,
    recordAuditEvent: (event) => {
      events.push(event);
      return Promise.resolve();
    },
  });
  await database.buildIndexes();
  const app = (principal: Principal | null = null): Express =>
    createTestApp({ routes: [...lines, ...routes, ...pages], gate: gateFor(principal), machines });
  const admin = app(person('admin'));
  const asAdmin: ApiKeysWorld['asAdmin'] = (method, path, body) => {
    const request = supertest(admin)[method](path).set('x-csrf-token', testCsrfToken);
    return body === undefined ? request : request.send(body);
  };
  const plain = app();
  return {
    database,
    clock,
    events,
    app,
    asAdmin,
    make: async (fields = {}) => {
      const draft = { name: 'HIS', scopes: ['scorecards:read'], ...fields };
      const made = await asAdmin('post', '/api/v1/api-keys', draft).expect(201);
      const { key, token } = made.body as { key: { id: string }; token: string };
      return { id: key.id, token };
    },
    use: (token, { path = '/api/v1/scorecards', app: instance = plain } = {}) =>
      supertest(instance).get(path).set('authorization', `Bearer ${token}`),
    stored: () => database.connection.collection('apiKeys').find().toArray(),
    close: () => database.drop(),
  };
}

/** The stable code of a problem. */
export const codeOf = ({ body }: { readonly body: unknown }): unknown => (body as { code: unknown }).code;
