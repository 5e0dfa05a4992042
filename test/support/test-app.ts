import type { Express } from 'express';
import { staffShell } from '../../src/accounts/staff-shell.view-model.ts';
import type { StaffShell, StaffShellInput } from '../../src/accounts/staff-shell.view-model.ts';
import { checkedRoutes } from './answer-check.ts';
import { createApp } from '../../src/app.ts';
import type { Route } from '../../src/http/route.ts';
import { createRequestAddresses } from '../../src/http/request-addresses.ts';
import { createAssetPath } from '../../src/http/static-assets.node.ts';
import { closedMachines } from '../../src/http/machine-gate.ts';
import type { MachineGate } from '../../src/http/machine-gate.ts';
import type { SessionGate } from '../../src/http/session-gate.ts';
import { isDatabaseUnavailable } from '../../src/database/database-error.ts';
import type { Translate } from '../../src/shared/i18n.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Locale } from '../../src/shared/localized-text.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { createTemplates } from '../../src/shared/templates.handlebars.ts';
import type { Templates } from '../../src/shared/templates.handlebars.ts';
import { createTranslate } from '../../src/shared/translator.i18next.ts';

/** The product's own texts. */
export const testTranslate: Translate = createTranslate(`${projectRoot()}/config/locales`);

/** The product's own templates over the built assets. */
export function testTemplates(): Templates {
  return createTemplates({
    folder: `${projectRoot()}/templates`,
    translate: testTranslate,
    assetPath: createAssetPath(`${projectRoot()}/dist/static`),
  });
}

/** The frame of a staff page as the product makes it, for whoever is logged in. */
export const testShell = (input: Omit<StaffShellInput, 'path'>, path: string): StaffShell =>
  staffShell({ t: testTranslate, languages: locales, showMailbox: false }, { ...input, path });

/** The CSRF token the stub gate takes. */
export const testCsrfToken = 'test-csrf-token';

/** A gate that says who is logged in, for tests of everything but logging in. */
export function gateFor(principal: Principal | null): SessionGate {
  return {
    middleware: (_request, _response, next) => next(),
    leaveIdle: () => undefined,
    principalOf: () => Promise.resolve(principal),
    csrfTokenOf: () => (principal ? testCsrfToken : null),
    csrfValid: (request) => {
      const body = request.body as Record<string, unknown> | undefined;
      return request.get('x-csrf-token') === testCsrfToken || body?.['_csrf'] === testCsrfToken;
    },
  };
}

/** The real HTTP core around some routes, with `principal` logged in (nobody when left out). */
export function createTestApp(options: {
  readonly routes: readonly Route[];
  readonly principal?: Principal | null;
  readonly gate?: SessionGate;
  readonly machines?: MachineGate;
  readonly languages?: readonly Locale[];
  readonly renderPage?: (name: string, locale: Locale, model: object) => string;
}): Express {
  return createApp({
    routes: checkedRoutes(options.routes),
    gate: options.gate ?? gateFor(options.principal ?? null),
    machines: options.machines ?? closedMachines,
    translate: testTranslate,
    renderPage: options.renderPage ?? testTemplates().page,
    log: silentLogger,
    newId: randomIds.newId,
    languages: options.languages ?? locales,
    staticFolder: `${projectRoot()}/dist/static`,
    side: 'both',
    https: false,
    trustProxy: 0,
    addresses: createRequestAddresses(),
    watch: (_watched, answer) => answer(),
    noteRefusal: () => Promise.resolve(),
    publicLimit: { points: 100_000, windowSeconds: 600 },
    isUnavailable: isDatabaseUnavailable,
  });
}
