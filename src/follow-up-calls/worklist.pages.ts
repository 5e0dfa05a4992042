import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import { askingPrincipal } from './asking-principal.ts';
import { readAttemptForm } from './attempt-form.ts';
import type { AttemptFields } from './attempt-form.ts';
import type { AttemptInput } from './attempt-input.ts';
import type { ClaimCall } from './claim-call.ts';
import { attemptForm, callPageQuery, callParams, tokenForm, worklistQuery } from './follow-up-call.schema.ts';
import type { KeepClaim } from './keep-claim.ts';
import type { CallListRequest, ListDueCalls } from './list-due-calls.ts';
import type { LogAttempt } from './log-attempt.ts';
import type { ReleaseCall } from './release-call.ts';
import type { ShowCall } from './show-call.ts';
import { worklistModel } from './worklist.view-model.ts';
import type { WordsDeps } from './worklist.view-model.ts';

/** What the pages need. */
export interface WorklistPagesDeps extends WordsDeps {
  readonly guard: (action: string) => Guard;
  readonly listDueCalls: ListDueCalls;
  readonly claimCall: ClaimCall;
  readonly keepClaim: KeepClaim;
  readonly releaseCall: ReleaseCall;
  readonly logAttempt: LogAttempt;
  readonly showCall: ShowCall;
  readonly visibleDepartments: (principal: Principal) => 'all' | readonly string[];
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  /** The frame of a staff page. */
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly clock: Clock;
}

type WorklistQuery = CallListRequest & { readonly notice?: string };

/** Faults the person can do something about on the page. */
const canMend: ReadonlySet<string> = new Set(['malformed', 'invalid', 'conflict']);

const idOf = (input: RouteInput): string => input.params['id'] ?? '';
const pathOf = (id: string): string => `/worklist/${encodeURIComponent(id)}`;

/** Taking a call, keeping it, giving it back. */
function createClaimPages(deps: WorklistPagesDeps): readonly Route[] {
  const guard = deps.guard('follow-up-call.work');
  return [
    route({
      method: 'post',
      path: '/worklist/:id/claim',
      guard,
      summary: 'Takes a call and opens its page.',
      params: callParams,
      body: tokenForm,
      handle: (input, response) =>
        orBackToList(response, async () => {
          await deps.claimCall(idOf(input), askingPrincipal(input), input.requestId);
          response.redirect(303, pathOf(idOf(input)));
        }),
    }),
    route({
      method: 'post',
      path: '/worklist/:id/heartbeat',
      guard,
      summary: 'An open call page says that it is still worked on: keeps the claim, and with it the session.',
      params: callParams,
      body: tokenForm,
      heartbeat: true,
      handle: async (input, response) => {
        await deps.keepClaim(idOf(input), askingPrincipal(input));
        response.status(204).end();
      },
    }),
    route({
      method: 'post',
      path: '/worklist/:id/release',
      guard,
      summary: 'Gives a call back.',
      params: callParams,
      body: tokenForm,
      handle: async (input, response) => {
        await deps.releaseCall(idOf(input), askingPrincipal(input), input.requestId);
        response.redirect(303, '/worklist?notice=released');
      },
    }),
  ];
}

/** The nurse's pages: what is due, and the one call she makes now. */
export function createWorklistPages(deps: WorklistPagesDeps): readonly Route[] {
  const guard = deps.guard('follow-up-call.work');
  return [
    route<unknown, WorklistQuery>({
      method: 'get',
      path: '/worklist',
      guard,
      summary: 'Who is to be called now.',
      query: worklistQuery,
      handle: (input, response) => showWorklist(deps, input, response),
    }),
    ...createClaimPages(deps),
    route({
      method: 'get',
      path: '/worklist/:id',
      guard,
      summary: 'The page of a call one has taken: who, the script, the outcome, the interview.',
      params: callParams,
      query: callPageQuery,
      handle: (input, response) => orBackToList(response, () => showCall(deps, input, response)),
    }),
    route<AttemptFields>({
      method: 'post',
      path: '/worklist/:id',
      guard,
      summary: 'Logs the attempt made on the page; a second click is harmless.',
      params: callParams,
      body: attemptForm,
      handle: (input, response) => orBackToList(response, () => logFromPage(deps, input, response)),
    }),
  ];
}

async function showWorklist(
  deps: WorklistPagesDeps,
  input: RouteInput<unknown, WorklistQuery>,
  response: Response,
): Promise<void> {
  const principal = askingPrincipal(input);
  const { locale, query: request } = input;
  const departmentNames = await deps.departmentNames(locale);
  const page = await deps.listDueCalls(request, principal);
  const visible = deps.visibleDepartments(principal);
  const departments = visible === 'all' ? [...departmentNames.keys()] : visible;
  const model = worklistModel(
    {
      locale,
      accountId: principal.accountId,
      now: deps.clock.now(),
      request,
      page,
      departmentNames,
      departments: departments.length > 1 ? departments : [],
      notice: request.notice ?? null,
    },
    deps,
  );
  send(deps, input, response, { name: 'worklist', path: '/worklist', status: 200, model });
}

async function showCall(
  deps: WorklistPagesDeps,
  input: RouteInput,
  response: Response,
  again?: { readonly fields: AttemptFields; readonly error: DomainError },
): Promise<void> {
  const { locale, requestId } = input;
  const callId = idOf(input);
  const model = await deps.showCall({
    callId,
    principal: askingPrincipal(input),
    locale,
    requestId,
    ...again,
  });
  const status = again ? (again.error.kind === 'conflict' ? 409 : 422) : 200;
  send(deps, input, response, { name: 'call', path: pathOf(callId), status, model });
}

async function logFromPage(
  deps: WorklistPagesDeps,
  input: RouteInput<AttemptFields>,
  response: Response,
): Promise<void> {
  const principal = askingPrincipal(input);
  const { locale, requestId, body: fields } = input;
  try {
    const attempt = readForm(deps, fields, locale);
    await deps.logAttempt({ callId: idOf(input), attempt, principal, locale, requestId });
    response.redirect(303, '/worklist?notice=logged');
  } catch (error) {
    if (!(error instanceof DomainError) || !canMend.has(error.kind)) throw error;
    // What was typed is worth more than a lease that ran out meanwhile.
    await deps.claimCall(idOf(input), principal, requestId);
    await showCall(deps, input, response, { fields, error });
  }
}

function readForm(deps: WorklistPagesDeps, fields: AttemptFields, locale: Locale): AttemptInput {
  const { attempt, faults } = readAttemptForm(fields, deps.clock.now(), deps.time);
  if (attempt) return attempt;
  const errors = faults.map(({ pointer, code }) => {
    return { pointer, code, detail: deps.translate(locale, `follow-up-calls:fault.${code}`) };
  });
  throw new DomainError('invalid', 'attempt_invalid', 'The attempt is not complete.', { errors });
}

/** A call that somebody else has, or that has ended, is no page of its own: the list says so. */
async function orBackToList(response: Response, work: () => Promise<void>): Promise<void> {
  const notices: Readonly<Record<string, string>> = {
    call_claimed: 'claimed',
    call_closed: 'closed',
    call_not_yours: 'not-claimed',
  };
  try {
    await work();
  } catch (error) {
    const notice = error instanceof DomainError ? notices[error.code] : undefined;
    if (notice === undefined) throw error;
    response.redirect(303, `/worklist?notice=${notice}`);
  }
}

function send(
  deps: WorklistPagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly path: string; readonly status: number; readonly model: object },
): void {
  const model = { ...page.model, shell: deps.shell(input, page.path), csrfToken: input.csrfToken ?? '' };
  response
    .status(page.status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(`follow-up-calls/${page.name}`, input.locale, model));
}
