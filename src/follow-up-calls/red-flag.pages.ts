import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import { askingPrincipal } from './asking-principal.ts';
import { redFlagParams, redFlagsQuery, settleForm, takeForm } from './red-flag.schema.ts';
import type { SettleForm, TakeBody } from './red-flag.schema.ts';
import { redFlagRequest } from './red-flag.routes.ts';
import type { RedFlagRoutesDeps } from './red-flag.routes.ts';
import { redFlagModel, redFlagsModel } from './red-flag.view-model.ts';
import type { RedFlagWords } from './red-flag.view-model.ts';

/** What the pages of red flags need. */
export interface RedFlagPagesDeps extends RedFlagRoutesDeps {
  readonly translate: Translate;
  readonly formatTime: (moment: Date) => string;
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly mayHandleRedFlag: (principal: Principal, departmentCode: string) => boolean;
  readonly peopleNames: () => Promise<ReadonlyMap<string, string>>;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
}

const listPath = '/red-flags';
const onePath = '/red-flags/:callId/:attemptId';

async function wordsOf(deps: RedFlagPagesDeps, input: RouteInput): Promise<RedFlagWords> {
  const { locale } = input;
  const viewer = askingPrincipal(input);
  const [departmentNames, peopleNames] = await Promise.all([
    deps.departmentNames(locale),
    deps.peopleNames(),
  ]);
  return {
    ...deps,
    locale,
    departmentNames,
    peopleNames,
    viewer: viewer.accountId,
    mayHandle: (departmentCode) => deps.mayHandleRedFlag(viewer, departmentCode),
  };
}

function send(
  deps: RedFlagPagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly path: string; readonly model: object; readonly status?: number },
): void {
  const model = { ...page.model, shell: deps.shell(input, page.path) };
  response
    .status(page.status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(`follow-up-calls/${page.name}`, input.locale, model));
}

/** A red flag that somebody else has, or that is dealt with, is no page of its own: the list says so. */
async function orBackToList(response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
    response.redirect(303, `${listPath}?notice=not-yours`);
  }
}

async function showOne(
  deps: RedFlagPagesDeps,
  input: RouteInput,
  response: Response,
  fault: string | null = null,
): Promise<void> {
  const { flag, ...opened } = await deps.handleRedFlag.open(redFlagRequest(input));
  const words = await wordsOf(deps, input);
  const model = redFlagModel(flag, { ...opened, fault }, words);
  const path = `${listPath}/${encodeURIComponent(flag.callId)}/${encodeURIComponent(flag.attemptId)}`;
  send(deps, input, response, { name: 'red-flag', path, model, status: fault === null ? 200 : 422 });
}

/** The pages of red flags: the list for who looks after them, and the one a duty doctor has taken on. */
export function createRedFlagPages(deps: RedFlagPagesDeps): readonly Route[] {
  const one = { guard: deps.guard('red-flag.handle'), params: redFlagParams };
  return [
    route<unknown, { readonly notice?: string }>({
      method: 'get',
      path: listPath,
      guard: deps.guard('red-flag.read'),
      summary: 'Red flags of follow-up calls: those nobody has first, the newest on top.',
      query: redFlagsQuery,
      handle: async (input, response) => {
        const flags = await deps.listRedFlags(askingPrincipal(input));
        const model = redFlagsModel(flags, input.query.notice ?? null, await wordsOf(deps, input));
        send(deps, input, response, { name: 'red-flags', path: listPath, model });
      },
    }),
    route({
      ...one,
      method: 'get',
      path: onePath,
      summary:
        'A red flag one has taken on: who to call, what the caller wrote, what came of it. The reading is recorded.',
      handle: (input, response) => orBackToList(response, () => showOne(deps, input, response)),
    }),
    route<TakeBody>({
      ...one,
      method: 'post',
      path: `${onePath}/take`,
      summary: 'Takes a red flag on and opens its page.',
      body: takeForm,
      handle: (input, response) =>
        orBackToList(response, async () => {
          const { callId, attemptId } = await deps.handleRedFlag.take(redFlagRequest(input), input.body.from);
          response.redirect(
            303,
            `${listPath}/${encodeURIComponent(callId)}/${encodeURIComponent(attemptId)}`,
          );
        }),
    }),
    route<SettleForm>({
      ...one,
      method: 'post',
      path: `${onePath}/settle`,
      summary: 'Says what came of a red flag and goes back to the list.',
      body: settleForm,
      handle: (input, response) =>
        orBackToList(response, async () => {
          const { outcome } = input.body;
          if (outcome === undefined) {
            const fault = deps.translate(input.locale, 'red-flags:outcomeMissing');
            return showOne(deps, input, response, fault);
          }
          await deps.handleRedFlag.settle(redFlagRequest(input), outcome);
          response.redirect(303, `${listPath}?notice=settled`);
        }),
    }),
  ];
}
