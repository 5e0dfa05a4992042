import { MongoStore } from 'connect-mongo';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import type { MongoClient } from 'mongodb';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';
import type { Csrf } from './csrf.csrf-sync.ts';
import { deviceOf } from './device.bowser.ts';
import type { Device } from './device.bowser.ts';
import { isSameOrigin } from './same-origin.ts';
import type { SessionControl, SessionOwner } from './session-control.ts';
import type { SessionGate } from './session-gate.ts';

declare module 'express-session' {
  interface SessionData {
    accountId?: string;
    credentialVersion?: number;
    /** Epoch milliseconds of the login. */
    startedAt?: number;
    device?: Device;
    address?: string;
  }
}

/** What sessions need from outside. */
export interface SessionGateDeps {
  /** Where sessions are stored; throws while there is no connection. Called at the first session, not before. */
  readonly database: () => { client: MongoClient; dbName: string; collectionName: string };
  /** Signs the cookie; several for a change of secret: the first signs, all are read. */
  readonly secret: string | readonly string[];
  /** True when the public base URL is https: the cookie is then `__Host-session` and Secure. */
  readonly secure: boolean;
  /** Longest time without a request, in ms. */
  readonly idleMs: number;
  /** Longest life of a session, in ms from the login. */
  readonly absoluteMs: number;
  readonly clock: Clock;
  readonly csrf: Csrf;
  /** One-way: who reads the database must not be able to take over a session. */
  readonly hashId: (id: string) => string;
  readonly findPrincipal: (owner: SessionOwner) => Promise<Principal | null>;
}

const isLoaded = (request: Request): boolean =>
  (request.session as session.Session | undefined) !== undefined;

/** Sessions of requests that were no activity of a person: they are not kept alive. */
type Inactive = WeakSet<object>;

function createStore(deps: SessionGateDeps, inactive: Inactive): MongoStore {
  const store = MongoStore.create({
    ...deps.database(),
    autoRemove: 'disabled', // the TTL index is built with all others, before the service is ready
    stringify: false,
    touchAfter: Math.floor(Math.min(60_000, deps.idleMs / 10) / 1000),
    transformId: deps.hashId,
  });
  const touch = store.touch.bind(store);
  // A session that ended meanwhile, or a database that left, must not spoil an answer that is ready.
  store.touch = (id, data, done) => {
    if (inactive.has(data)) done?.(null);
    else touch(id, data, () => done?.(null));
  };
  return store;
}

/** A callback function of express-session as a promise. */
function settled(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('The session could not be stored.'));
    });
  });
}

function ownerOf(request: Request, deps: SessionGateDeps): SessionOwner | null {
  // Without the middleware (no cookie) there is no session object, whatever the type says.
  const data = request.session as Partial<session.SessionData> | undefined;
  if (data?.accountId === undefined || data.credentialVersion === undefined) return null;
  // A login may seem to lie ahead: a clock that was set back, or another instance's, must not log anybody out.
  const age = Math.abs(deps.clock.now().getTime() - (data.startedAt ?? 0));
  if (age >= deps.absoluteMs) return null;
  return { accountId: data.accountId, credentialVersion: data.credentialVersion };
}

/**
 * Sessions of people: in MongoDB, so that any instance serves them; a signed cookie that scripts cannot read. A request
 * without the cookie costs nothing at all. While the database is away, a request with one fails as unavailable.
 */
export function createSessionGate(deps: SessionGateDeps): SessionGate & SessionControl {
  const cookieName = deps.secure ? '__Host-session' : 'session';
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: deps.secure } as const;
  const inactive: Inactive = new WeakSet();
  let loaded: RequestHandler | undefined;
  const load: RequestHandler = (request, response, next) => {
    loaded ??= session({
      name: cookieName,
      secret: typeof deps.secret === 'string' ? deps.secret : [...deps.secret],
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { ...cookie, maxAge: deps.idleMs },
      store: createStore(deps, inactive),
    });
    void loaded(request, response, next);
  };
  const hasCookie = (request: Request): boolean =>
    (request.headers.cookie ?? '').split(';').some((part) => part.trim().startsWith(`${cookieName}=`));

  return {
    middleware: (request, response, next) => {
      if (hasCookie(request)) void load(request, response, next);
      else next();
    },
    principalOf: (request) => {
      const owner = ownerOf(request, deps);
      return owner ? deps.findPrincipal(owner) : Promise.resolve(null);
    },
    csrfTokenOf: (request) => (ownerOf(request, deps) ? deps.csrf.tokenOf(request) : null),
    csrfValid: (request) => ownerOf(request, deps) !== null && deps.csrf.isValid(request),
    leaveIdle: (request) => {
      if (isLoaded(request)) inactive.add(request.session);
    },
    idOf: (request) => (ownerOf(request, deps) ? deps.hashId(request.sessionID) : null),
    begin: async (request: Request, response: Response, owner) => {
      if (!isSameOrigin(request)) {
        throw new DomainError('forbidden', 'cross_site_request', 'Another site sent this request.');
      }
      if (deps.secure && !request.secure) {
        throw new DomainError('forbidden', 'https_required', 'Open this service by its https address.');
      }
      if (!isLoaded(request)) await settled((done) => void load(request, response, done));
      await settled((done) => request.session.regenerate(done));
      Object.assign(request.session, owner, {
        startedAt: deps.clock.now().getTime(),
        device: deviceOf(request.get('user-agent')),
        address: request.ip ?? '',
      });
      const token = deps.csrf.renew(request);
      await settled((done) => request.session.save(done));
      return token;
    },
    end: async (request, response) => {
      if (!isLoaded(request)) return;
      await settled((done) => request.session.destroy(done));
      response.clearCookie(cookieName, cookie);
    },
  };
}
