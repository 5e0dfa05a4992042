import type { Response } from 'express';
import { silenceKinds } from '../follow-up-calls/silence.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { validate } from '../http/validate.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { ErasureRequest } from './erase-person.ts';
import type { HeldData, PersonSearch } from './erasure.ts';
import { erasureQuery, personForm, searchForm, toldForm } from './erasure-form.schema.ts';
import type { ErasureQuery, PersonForm, SearchForm, ToldForm } from './erasure-form.schema.ts';
import { actorOf, backupsGoneBy } from './erasure.routes.ts';
import type { ErasureRoutesDeps } from './erasure.routes.ts';
import { erasureBody, erasureParams } from './erasure.schema.ts';
import { heldView, receiptView } from './erasure.view-model.ts';

/** What the pages need from outside. */
export interface ErasurePagesDeps extends ErasureRoutesDeps {
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly formatTime: (moment: Date) => string;
  readonly newId: () => string;
}

const path = '/office/erasure';
const mendable: ReadonlySet<string> = new Set(['malformed', 'invalid', 'not-found', 'conflict']);
const emptySearch: SearchForm = {
  admissionNo: '',
  patientNo: '',
  phone: '',
  name: '',
  account: '',
  submissionId: '',
};

/** What was typed, as it is looked for; an answer also by the address of one of its comments. */
function searchOf({ admissionNo, patientNo, phone, name, account, submissionId }: SearchForm): PersonSearch {
  const words = [name, account].filter((word) => word !== '');
  return { admissionNo, patientNo, phone, words, submissionId: submissionId.split('.', 1)[0] };
}

function send(
  deps: ErasurePagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly status?: number; readonly model: object },
): void {
  const model = { ...page.model, shell: deps.shell(input, path), csrfToken: input.csrfToken };
  response
    .status(page.status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(`erasure/${page.name}`, input.locale, model));
}

/** What was typed, what was found by it, and what was wrong. */
interface Shown {
  readonly search: SearchForm;
  readonly found?: HeldData | null;
  readonly chosen?: PersonForm;
  readonly name?: string;
  readonly errors?: readonly { readonly text: string }[];
  readonly done?: string | undefined;
}

async function show(
  deps: ErasurePagesDeps,
  input: RouteInput,
  response: Response,
  { search, found = null, chosen, name = '', errors = [], done }: Shown,
): Promise<void> {
  const names = await deps.departmentNames(input.locale);
  const view = found && heldView(found, { names, formatTime: deps.formatTime, chosen });
  const latest = await deps.erasePersons.latest();
  const receipts = latest.map((erasure) => receiptView(erasure, deps.formatTime));
  const typed = chosen ?? { id: deps.newId(), askedBy: '', reason: '' };
  const model = { search, view, name, errors, done, receipts, typed };
  send(deps, input, response, { name: 'erasure', status: errors.length > 0 ? 422 : 200, model });
}

/** Sentences of what is wrong; an error that no form can mend is thrown on. */
function errorsOf(
  { translate }: ErasurePagesDeps,
  { locale }: RouteInput,
  error: unknown,
): readonly { readonly text: string }[] {
  if (!(error instanceof DomainError) || !mendable.has(error.kind)) throw error;
  if (error.errors.length === 0) return [{ text: translate(locale, `problems:code.${error.code}`) }];
  return error.errors.map(({ detail }) => ({ text: detail }));
}

async function searchAndShow(
  deps: ErasurePagesDeps,
  input: RouteInput,
  response: Response,
  shown: Shown,
): Promise<void> {
  try {
    const found = await deps.erasePersons.search(searchOf(shown.search), actorOf(input), input.locale);
    await show(deps, input, response, { ...shown, found });
  } catch (error) {
    await show(deps, input, response, { ...shown, errors: errorsOf(deps, input, error) });
  }
}

/** Does what the button says; gives where to go next. */
async function act(deps: ErasurePagesDeps, input: RouteInput, form: PersonForm): Promise<string> {
  const by = actorOf(input);
  if (form.act === 'erase') {
    const { id, dischargeIds, contactIds, submissionIds, askedBy, reason } = form;
    const words = form.blot === 'yes' ? searchOf(form).words : [];
    const request = { id, dischargeIds, contactIds, submissionIds, words, askedBy, reason };
    const { locale } = input;
    const valid = validate(erasureBody, request, { locale, translate: deps.translate }) as ErasureRequest;
    await deps.erasePersons.erase(valid, by, locale);
    return `${path}/receipts/${id}`;
  }
  const kind = silenceKinds.find((one) => one === form.act);
  const refused: unknown[] = [];
  // The others are done all the same: of one person one stay may still say who it is, and another not.
  for (const id of form.dischargeIds) {
    const done = kind ? deps.silence(id, kind, by) : deps.liftSilence(id, by);
    await done.catch((error: unknown) => refused.push(error));
  }
  if (refused.length > 0) throw refused[0];
  return `${path}?done=${kind ? 'silenced' : 'lifted'}`;
}

/** Silences whoever tells of himself, or lifts it. */
async function actOnTold(deps: ErasurePagesDeps, input: RouteInput, form: ToldForm): Promise<string> {
  const kind = silenceKinds.find((one) => one === form.act);
  if (kind) await deps.silenceGiven.silence(form, kind, actorOf(input));
  else await deps.silenceGiven.lift(form, actorOf(input));
  return `${path}?done=${kind ? 'silenced' : 'lifted'}`;
}

/** What is missing before anything can be done, as a key of `erasure:missing`. */
function missingIn({
  act: wanted,
  understood,
  dischargeIds,
  contactIds,
  submissionIds,
  ...form
}: PersonForm): string | null {
  if (wanted !== 'erase') return dischargeIds.length === 0 ? 'choice' : null;
  const chosen = dischargeIds.length + contactIds.length + submissionIds.length;
  if (chosen === 0 && form.blot !== 'yes') return 'choice';
  if (form.askedBy === '' || form.reason === '') return 'reason';
  return understood === 'yes' ? null : 'understood';
}

/** What the office does to persons: those that were found, and those who tell of themselves. */
function personPages(deps: ErasurePagesDeps, guard: Guard): readonly Route[] {
  return [
    route<PersonForm>({
      method: 'post',
      path: `${path}/person`,
      guard,
      summary: 'Erases what was chosen, or silences its persons.',
      body: personForm,
      handle: async (input, response) => {
        const shown = { search: input.body, chosen: input.body };
        const missing = missingIn(input.body);
        if (missing !== null) {
          const errors = [{ text: deps.translate(input.locale, `erasure:missing.${missing}`) }];
          await searchAndShow(deps, input, response, { ...shown, errors });
          return;
        }
        try {
          response.redirect(303, await act(deps, input, input.body));
        } catch (error) {
          await searchAndShow(deps, input, response, { ...shown, errors: errorsOf(deps, input, error) });
        }
      },
    }),
    route<ToldForm>({
      method: 'post',
      path: `${path}/told`,
      guard,
      summary: 'Silences whoever tells of himself, or lifts it: no stay need be known.',
      body: toldForm,
      handle: async (input, response) => {
        try {
          response.redirect(303, await actOnTold(deps, input, input.body));
        } catch (error) {
          const { name, patientNo, phone } = input.body;
          const search = { ...emptySearch, patientNo, phone };
          await show(deps, input, response, { search, name, errors: errorsOf(deps, input, error) });
        }
      },
    }),
  ];
}

/** The page on which the office finds what is held of a person, erases it, or lets nobody contact the person any more. */
export function createErasurePages(deps: ErasurePagesDeps): readonly Route[] {
  const guard = deps.guard('erasure.manage');
  return [
    route<unknown, ErasureQuery>({
      method: 'get',
      path,
      guard,
      summary: 'Search for what is held of a person, and the latest receipts.',
      query: erasureQuery,
      handle: (input, response) =>
        show(deps, input, response, {
          search: { ...emptySearch, submissionId: input.query.submissionId ?? '' },
          done: input.query.done,
        }),
    }),
    route<SearchForm>({
      method: 'post',
      path,
      guard,
      summary: 'Shows what is held of whoever the numbers belong to, and how many texts name somebody.',
      body: searchForm,
      handle: (input, response) => searchAndShow(deps, input, response, { search: input.body }),
    }),
    ...personPages(deps, guard),
    route({
      method: 'get',
      path: `${path}/receipts/:id`,
      guard,
      summary: 'The receipt of an erasure, to be printed: what was erased and when, nothing that identifies.',
      params: erasureParams,
      handle: async (input, response) => {
        const erasure = await deps.erasePersons.receipt(input.params['id'] ?? '');
        const gone = deps.formatTime(backupsGoneBy(erasure, deps.backupDays));
        const model = { receipt: receiptView(erasure, deps.formatTime), gone, days: deps.backupDays };
        send(deps, input, response, { name: 'receipt', model });
      },
    }),
  ];
}
