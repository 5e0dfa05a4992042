import express from 'express';
import type { Express, RequestHandler } from 'express';
import { createErrorHandler, notFound } from './http/error-handler.ts';
import type { MachineGate } from './http/machine-gate.ts';
import { mountRoutes } from './http/mount-routes.ts';
import { limitByAddress } from './http/rate-limit.rate-limiter-flexible.ts';
import type { RequestAddresses } from './http/request-addresses.ts';
import { createRequestContext } from './http/request-context.ts';
import { createRequestLog, warnOfUnexpectedProxy } from './http/request-log.ts';
import { limitAddress } from './http/request-limits.ts';
import { sideOf } from './http/route.ts';
import type { Route, Side } from './http/route.ts';
import { securityHeaders } from './http/security-headers.helmet.ts';
import type { SessionGate } from './http/session-gate.ts';
import type { NoteRefusal, WatchRequest } from './http/watched-route.ts';
import type { Translate } from './shared/i18n.ts';
import type { Locale } from './shared/localized-text.ts';
import type { Logger } from './shared/logger.ts';

/** What the app is built from: every route of every slice, and what all of them share. */
export interface AppDeps {
  readonly routes: readonly Route[];
  readonly gate: SessionGate;
  readonly machines: MachineGate;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly log: Logger;
  readonly newId: () => string;
  readonly languages: readonly Locale[];
  readonly staticFolder: string;
  /** Whose routes are answered; a route of the other side does not exist here. */
  readonly side: Side;
  /** Whether the public base URL is https: then HSTS is sent. */
  readonly https: boolean;
  /** How many proxies stand in front; 0 for none. */
  readonly trustProxy: number;
  readonly addresses: RequestAddresses;
  readonly watch: WatchRequest;
  readonly noteRefusal: NoteRefusal;
  readonly publicLimit: { readonly points: number; readonly windowSeconds: number };
  readonly isUnavailable: (error: unknown) => boolean;
}

/** The whole HTTP side, in the order a request meets it. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  // Everything dynamic is no-store: hashing it for an ETag would serve nobody.
  app.disable('etag');
  app.set('trust proxy', deps.trustProxy);
  app.set('query parser', 'simple');
  app.set('env', 'production'); // express itself must never show a stack
  app.use(createRequestContext({ newId: deps.newId, languages: deps.languages, https: deps.https }));
  app.use(createRequestLog(deps.log));
  app.use(securityHeaders({ https: deps.https }));
  app.use(limitAddress);
  if (deps.trustProxy === 0) app.use(warnOfUnexpectedProxy(deps.log));
  app.use('/static', keptForAYear(deps.staticFolder));
  if (deps.side === 'staff') app.get('/', (_request, response) => response.redirect(303, '/home'));
  mountRoutes(app, routesOn(deps.side, deps.routes), {
    gate: deps.gate,
    machines: deps.machines,
    translate: deps.translate,
    addresses: deps.addresses,
    watch: deps.watch,
    noteRefusal: deps.noteRefusal,
    limitPublic: () => limitByAddress(deps.publicLimit),
  });
  app.use(notFound);
  app.use(
    createErrorHandler({
      translate: deps.translate,
      renderPage: deps.renderPage,
      isUnavailable: deps.isUnavailable,
      logUnexpected: (error, requestId) =>
        deps.log.error({ requestId, err: describe(error) }, 'unexpected error'),
    }),
  );
  return app;
}

/** Files whose name changes with their content. */
function keptForAYear(folder: string): RequestHandler {
  return express.static(folder, {
    index: false,
    cacheControl: false,
    setHeaders: (response) => response.setHeader('Cache-Control', 'public, max-age=31536000, immutable'),
  });
}

/** The routes that answer on one side; all of them when there is but one listener. */
function routesOn(side: Side, routes: readonly Route[]): readonly Route[] {
  return side === 'both' ? routes : routes.filter((route) => [side, 'both'].includes(sideOf(route)));
}

/** Kind and place of an error without its message: a driver's message may repeat a value. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const lines = (error.stack ?? '').replace(error.message, '').split('\n');
  return { kind: error.constructor.name, at: lines.filter((line) => /^ {4}at /.test(line)).slice(0, 8) };
}
