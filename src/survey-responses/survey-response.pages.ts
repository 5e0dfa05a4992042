import type { Request, Response } from 'express';
import type { Admission, FormLimit } from '../http/form-limit.ts';
import { openToAll, route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { Colleague } from '../staff/staff-member.ts';
import type { Department } from '../departments/department.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import { campaignHome } from './campaign-home.view-model.ts';
import { findSurvey } from './find-survey.ts';
import type { FindSurveyDeps, Survey } from './find-survey.ts';
import { patientAddress } from './patient-address.ts';
import { sendPatientPage, viewOf } from './patient-page.express.ts';
import type { PatientPageDeps } from './patient-page.express.ts';
import { receiveSurveyPage } from './receive-survey-page.ts';
import type { PageOutcome, ReceiveSurveyPageDeps } from './receive-survey-page.ts';
import type { SurveyPageFields } from './survey-page-fields.ts';
import { surveyPage } from './survey-page.view-model.ts';
import type { SurveyPageInput } from './survey-page.view-model.ts';
import { patientPageQuery, surveyPageBody } from './survey-response.schema.ts';
import type { PatientPageQuery } from './survey-response.schema.ts';

/** What the patients' pages need. */
export interface SurveyPagesDeps extends PatientPageDeps, FindSurveyDeps, ReceiveSurveyPageDeps {
  readonly listColleagues: (departmentCode: string) => Promise<readonly Colleague[]>;
  /** Days until a contact is erased. */
  readonly contactDays: number;
  readonly formLimit: FormLimit;
  readonly notices: Pick<PrivacyNotices, 'inForce'>;
  readonly listDepartments: () => Promise<readonly Department[]>;
  /** Whether the home leads staff to their login: not where staff have a listener of their own. */
  readonly showLogIn: boolean;
  readonly newId: () => string;
  readonly translate: Translate;
}

type Input = RouteInput<unknown, PatientPageQuery>;
/** What a ticket is for. */
const ticketedForm = (departmentCode: string, formId: string): string => `${departmentCode} ${formId}`;

interface Exchange<Body = unknown> {
  readonly input: RouteInput<Body, PatientPageQuery>;
  readonly request: Request;
  readonly response: Response;
}
type Filled = Pick<SurveyPageInput, 'fields' | 'errors' | 'notStored'>;

const codeOf = (input: Input): string => input.params['departmentCode'] ?? '';

/** The form, fresh or as it was filled. */
async function sendForm(
  deps: SurveyPagesDeps,
  { input, request, response }: Exchange,
  shown: Survey & Filled & { status: number },
): Promise<void> {
  const { department, form, moved, status, ...filled } = shown;
  const asksForPraise = form.items.some(({ kind }) => kind === 'praise');
  const view = viewOf(input);
  const path = `/s/${department.code}`;
  const model = surveyPage({
    ...filled,
    form,
    contactDays: deps.contactDays,
    ticket: deps.formLimit.open(request, response, ticketedForm(department.code, form.id)),
    notice: deps.notices.inForce(deps.today()),
    colleagues: asksForPraise ? await deps.listColleagues(department.code) : [],
    departmentName: textIn(department.name, view.locale),
    moved,
    action: patientAddress(path, view),
    locale: view.locale,
    translate: deps.translate,
  });
  sendPatientPage(deps, view, response, { name: 'survey-responses/form', path, model, status });
}

/** Leads on after a post: on success to a page that can be reloaded, else back to the form with everything that was typed. */
async function sendOutcome(
  deps: SurveyPagesDeps,
  exchange: Exchange<SurveyPageFields>,
  { survey, outcome }: { survey: Survey; outcome: PageOutcome },
): Promise<void> {
  const { input, response } = exchange;
  const view = viewOf(input);
  const path = `/s/${survey.department.code}`;
  const again = { ...survey, fields: input.body, errors: [], notStored: null };
  switch (outcome.kind) {
    case 'stored':
      response.redirect(303, patientAddress(`${path}/thanks`, view));
      break;
    case 'already-received': {
      const model = { newHref: patientAddress(path, view) };
      sendPatientPage(deps, view, response, {
        name: 'survey-responses/already-received',
        path,
        model,
        status: 409,
      });
      break;
    }
    case 'invalid':
      await sendForm(deps, exchange, { ...again, errors: outcome.errors, status: 422 });
      break;
    case 'too-many':
      response.set('Retry-After', String(outcome.retryAfterSeconds));
      await sendForm(deps, exchange, { ...again, notStored: 'too-many', status: 429 });
      break;
    case 'not-stored':
      response.set('Retry-After', '5');
      await sendForm(deps, exchange, { ...again, notStored: 'busy', status: 503 });
  }
}

function createFormPages(deps: SurveyPagesDeps): readonly Route[] {
  return [
    route<unknown, PatientPageQuery>({
      method: 'get',
      path: '/s/:departmentCode',
      guard: openToAll,
      summary: 'The form of a department, by its QR code.',
      query: patientPageQuery,
      handle: async (input, response, request) => {
        const survey = await findSurvey(deps, codeOf(input), viewOf(input).group);
        const fresh = { fields: { submissionId: deps.newId() }, errors: [], notStored: null, status: 200 };
        await sendForm(deps, { input, request, response }, { ...survey, ...fresh });
      },
    }),
    route<SurveyPageFields, PatientPageQuery>({
      method: 'post',
      path: '/s/:departmentCode',
      guard: openToAll,
      summary: 'Submits the page’s form once and leads to the thanks.',
      query: patientPageQuery,
      body: surveyPageBody,
      ownLimit: true,
      handle: async (input, response, request) => {
        const { body, locale } = input;
        const survey = await findSurvey(deps, codeOf(input), viewOf(input).group, body);
        const admit = (): Promise<Admission> =>
          deps.formLimit.admit(request, body.ticket, ticketedForm(survey.department.code, body.formId));
        const posted = { fields: body, departmentCode: codeOf(input), locale };
        const outcome = await receiveSurveyPage(deps, posted, admit);
        await sendOutcome(deps, { input, request, response }, { survey, outcome });
      },
    }),
  ];
}

/** The campaign's home, the form of a department and the thanks. */
export function createSurveyPages(deps: SurveyPagesDeps): readonly Route[] {
  return [
    ...createFormPages(deps),
    route<unknown, PatientPageQuery>({
      method: 'get',
      path: '/s/:departmentCode/thanks',
      guard: openToAll,
      summary: 'Thanks for an answer that is stored.',
      query: patientPageQuery,
      handle: (input, response) => {
        const page = {
          name: 'survey-responses/thanks',
          path: `/s/${encodeURIComponent(codeOf(input))}/thanks`,
          model: {},
        };
        sendPatientPage(deps, viewOf(input), response, page);
      },
    }),
    route<unknown, PatientPageQuery>({
      method: 'get',
      path: '/',
      guard: openToAll,
      summary: 'The campaign’s home: what it promises, and the form of every department.',
      query: patientPageQuery,
      handle: async (input, response) => {
        const view = viewOf(input);
        const { showLogIn } = deps;
        const model = { ...campaignHome(await deps.listDepartments(), view), showLogIn };
        sendPatientPage(deps, view, response, { name: 'survey-responses/home', path: '/', model });
      },
    }),
  ];
}
