import { createRequestAddresses } from '../../src/http/request-addresses.ts';
import type { Express } from 'express';
import { createApp } from '../../src/app.ts';
import type { AppDeps } from '../../src/app.ts';
import { closedMachines } from '../../src/http/machine-gate.ts';
import { openToAll, route } from '../../src/http/route.ts';
import type { Guard, Route } from '../../src/http/route.ts';
import { isDatabaseUnavailable } from '../../src/database/database-error.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Logger } from '../../src/shared/logger.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { gateFor, testTemplates, testTranslate } from '../support/test-app.ts';

/** One captured log line. */
export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

/** A logger that remembers, and all it has heard as one text. */
export function capturingLogger(): { log: Logger; lines: LogLine[]; text: () => string } {
  const lines: LogLine[] = [];
  const at =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push({ level, fields, message });
    };
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines, text: () => JSON.stringify(lines) };
}

/** A nurse of ward A. */
export const nurse: Principal = {
  accountId: 'account-1',
  username: 'nurse',
  displayName: 'Nurse',
  roles: [{ role: 'nurse', departments: ['A'] }],
  mustChangePassword: false,
};

/** Lets in who is logged in. */
export const staffOnly: Guard = {
  name: 'staff',
  decide: (principal) => (principal ? 'allowed' : 'unauthenticated'),
};

/** Lets in who works in the department of the address. */
export const ownDepartment: Guard = {
  name: 'department',
  decide: (principal, { departmentCode = '' }) => {
    if (!principal) return 'unauthenticated';
    const mine = principal.roles.some(
      ({ departments }) => departments === 'all' || departments.includes(departmentCode),
    );
    return mine ? 'allowed' : 'forbidden';
  },
};

/** A route from the few things a test cares about; it answers 200 `{"ok":true}` unless told otherwise. */
export function aRoute(fields: Partial<Route> & { readonly path: string }): Route {
  return route({
    method: 'get',
    guard: openToAll,
    summary: 'A route of a test.',
    handle: (_input, response) => {
      response.json({ ok: true });
    },
    ...fields,
  });
}

const templates = testTemplates();

/** The real HTTP core with whatever a test replaces. */
export function anApp(
  routes: readonly Route[],
  options: Partial<AppDeps> & { readonly principal?: Principal | null } = {},
): Express {
  const { principal = null, ...deps } = options;
  return createApp({
    routes,
    gate: gateFor(principal),
    machines: closedMachines,
    translate: testTranslate,
    renderPage: templates.page,
    log: capturingLogger().log,
    newId: randomIds.newId,
    languages: locales,
    staticFolder: `${projectRoot()}/dist/static`,
    side: 'both',
    https: false,
    addresses: createRequestAddresses(),
    watch: (_watched, answer) => answer(),
    noteRefusal: () => Promise.resolve(),
    trustProxy: 0,
    publicLimit: { points: 100_000, windowSeconds: 600 },
    isUnavailable: isDatabaseUnavailable,
    ...deps,
  });
}

/** The fields of a problem a test looks at. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors: readonly { pointer: string; detail: string; code: string }[];
}

/** The body of a supertest answer as a problem. */
export function problemOf(response: { readonly body: unknown }): ProblemBody {
  return response.body as ProblemBody;
}
