import type { Express, Request, RequestHandler, Response } from 'express';
import type { ObjectSchema } from 'joi';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Principal } from '../shared/principal.ts';
import { bearerOf } from './machine-gate.ts';
import type { Machine, MachineGate } from './machine-gate.ts';
import { bodyReader, readBodyOf } from './read-body.express.ts';
import type { RequestAddresses } from './request-addresses.ts';
import { requestContext } from './request-context.ts';
import { openToAll } from './route.ts';
import type { Route } from './route.ts';
import type { SessionGate } from './session-gate.ts';
import { validate } from './validate.ts';
import { isWatched } from './watched-route.ts';
import type { NoteRefusal, WatchRequest } from './watched-route.ts';

const unsafeMethods = new Set(['post', 'put', 'delete']);

/** What mounting needs from outside. */
export interface MountDeps {
  readonly gate: SessionGate;
  readonly machines: MachineGate;
  readonly translate: Translate;
  readonly addresses: RequestAddresses;
  /** Keeps what is changed and exported in the audit trail. */
  readonly watch: WatchRequest;
  readonly noteRefusal: NoteRefusal;
  /** Limits unsafe requests of people without an account to one route, before their body is read. */
  readonly limitPublic: () => RequestHandler;
}

/** Who asks: a machine client, or a person, or nobody. */
interface Asker {
  readonly principal: Principal | null;
  readonly machine: Machine | null;
}

const nobody: Asker = { principal: null, machine: null };

/** A request with a key is the key's alone: no session is read. A key opens no page: there it is nobody's request. */
async function whoAsks(route: Route, deps: MountDeps, [request, response]: Exchange): Promise<Asker> {
  const token = bearerOf(request);
  if (token !== null) {
    if (!route.path.startsWith('/api/')) return nobody;
    const { requestId } = requestContext(response);
    const machine = await deps.machines.identify({ token, address: request.ip ?? 'unknown', requestId });
    return { principal: machine.principal, machine };
  }
  if (route.guard === openToAll && !(route.knowsPerson && request.headers.cookie)) return nobody;
  await loadSession(deps.gate, [request, response]);
  return { principal: await deps.gate.principalOf(request), machine: null };
}

async function checkGuard(
  route: Route,
  { principal, machine }: Asker,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const decision = route.guard.decide(principal, params);
  const [action = ''] = route.guard.name.split(':');
  await machine?.noteUse(action, decision === 'allowed');
  if (decision === 'unauthenticated') {
    throw new DomainError('unauthenticated', 'login_required', 'Please log in.');
  }
  if (decision === 'forbidden' && machine) {
    throw new DomainError('forbidden', 'scope_missing', 'The scopes of this API key do not allow this.');
  }
  if (decision === 'forbidden') {
    throw new DomainError('forbidden', 'not_allowed', 'Your roles do not allow this.');
  }
}

/** No browser sends a key of its own accord, so a machine client needs no token. */
function checkCsrf(route: Route, { machine }: Asker, gate: SessionGate, request: Request): void {
  if (machine) return;
  const needed = unsafeMethods.has(route.method) && (route.csrf ?? route.guard !== openToAll);
  if (needed && !gate.csrfValid(request)) {
    throw new DomainError(
      'forbidden',
      'csrf_token_invalid',
      'The page is too old. Please reload it and try again.',
    );
  }
}

function paramsOf(request: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join('/') : value,
    ]),
  );
}

/** The query without `lang`, which belongs to every address. Simple parser: `a[$ne]` is a name like any other. */
function queryOf(request: Request): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(request.query).filter(([name]) => name !== 'lang'));
}

function loadSession(gate: SessionGate, [request, response]: Exchange): Promise<void> {
  return new Promise((resolve, reject) => {
    void gate.middleware(request, response, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('The session could not be read.'));
    });
  });
}

type ReadBody = (request: Request, response: Response) => Promise<void>;
type Exchange = readonly [request: Request, response: Response];

const lineOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

function watched(
  route: Route,
  { watch }: MountDeps,
  { principal, response }: { readonly principal: Principal; readonly response: Response },
  handle: () => Promise<void>,
): Promise<void> {
  const { requestId } = requestContext(response);
  const refused = (): boolean => response.statusCode >= 400;
  const { exports = false } = route;
  return watch({ actor: principal.accountId, line: lineOf(route), exports, requestId }, handle, refused);
}

/** Not of somebody who must change a password first: that is the way a first login goes. */
const refusals: ReadonlySet<string> = new Set(['not_allowed', 'csrf_token_invalid']);

/** Lets somebody in or not; of a person whom the check refuses the audit trail is told. A key tells of itself, and nobody has no name. */
async function letIn(
  route: Route,
  { noteRefusal }: MountDeps,
  { principal, machine, requestId }: Asker & { readonly requestId: string },
  check: () => Promise<void>,
): Promise<void> {
  try {
    await check();
  } catch (error) {
    const isRefused = error instanceof DomainError && refusals.has(error.code);
    if (isRefused && principal && !machine)
      await noteRefusal({ actor: principal.accountId, line: lineOf(route), requestId });
    throw error;
  }
}

async function answer(route: Route, readBody: ReadBody, deps: MountDeps, exchange: Exchange): Promise<void> {
  const [request, response] = exchange;
  const { gate, translate } = deps;
  const { locale, requestId } = requestContext(response);
  const params = paramsOf(request);
  const asker = await whoAsks(route, deps, exchange);
  const { principal, machine } = asker;
  await letIn(route, deps, { ...asker, requestId }, async () => {
    await checkGuard(route, asker, params);
    await readBody(request, response);
    checkCsrf(route, asker, gate, request);
  });
  const check = (schema: ObjectSchema, value: unknown, convert = true): unknown =>
    validate(schema, value, { locale, translate, convert });
  const bodyOf = (): unknown => {
    if (route.rawBody) return readBodyOf(route, request);
    return route.body ? check(route.body, readBodyOf(route, request)) : undefined;
  };
  // Not converted: the handler must see the very text the guard has judged.
  if (route.params) check(route.params, params, false);
  const input = {
    params,
    query: route.query ? check(route.query, queryOf(request)) : undefined,
    body: bodyOf(),
    principal,
    csrfToken: principal && !machine ? gate.csrfTokenOf(request) : null,
    locale,
    requestId,
  };
  const handle = async (): Promise<void> => {
    await route.handle(input, response, request);
  };
  await (principal && isWatched(route) ? watched(route, deps, { principal, response }, handle) : handle());
}

/** While a request is answered, it is known where it came from. */
async function answerFrom(
  route: Route,
  readBody: ReadBody,
  deps: MountDeps,
  exchange: Exchange,
): Promise<void> {
  const [request, response] = exchange;
  const { requestId } = requestContext(response);
  deps.addresses.remember(requestId, () => request.ip);
  try {
    await answer(route, readBody, deps, exchange);
  } finally {
    deps.addresses.forget(requestId);
  }
}

/**
 * The longest a patient's phone is left waiting, in ms. The driver may lose an operation when its server dies, without any
 * time limit of its own; whoever is told to come again sends the same answer and gets the same receipt.
 */
const patienceMs = 15_000;

async function withPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const tell = (): void =>
      reject(new DomainError('unavailable', 'database_unavailable', 'Please try again in a moment.'));
    timer = setTimeout(tell, patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function unlessRefused(work: Promise<void>, refused: () => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    refused();
    throw error;
  }
}

const isLimited = ({ guard, method, ownLimit }: Route): boolean =>
  guard === openToAll && unsafeMethods.has(method) && ownLimit !== true;

/** Mounts a route table: guard, body, CSRF, validation, handler, in this order for every line. */
export function mountRoutes(app: Express, routes: readonly Route[], deps: MountDeps): void {
  for (const route of routes) {
    const limited = isLimited(route) ? [deps.limitPublic()] : [];
    const readBody = bodyReader(route);
    app[route.method](route.path, ...limited, (request, response) => {
      const work = answerFrom(route, readBody, deps, [request, response]);
      if (route.heartbeat) return unlessRefused(work, () => deps.gate.leaveIdle(request));
      return route.guard === openToAll ? withPatience(work) : work;
    });
  }
}
