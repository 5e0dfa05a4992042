import type { Response } from 'express';
import type { Department } from '../departments/department.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import { findSurvey } from '../survey-responses/find-survey.ts';
import type { FindSurveyDeps, Survey } from '../survey-responses/find-survey.ts';
import { colleagueChoices } from '../survey-responses/colleague-choices.view-model.ts';
import type { EnterPaperSheet, EnterPaperSheetDeps } from './enter-paper-sheet.ts';
import { paperParams, paperQuery, paperSheetBody } from './paper-entry.schema.ts';
import type { PaperQuery } from './paper-entry.schema.ts';
import { departmentChoices, paperSheetView } from './paper-entry.view-model.ts';
import type { PaperSheetInput } from './paper-entry.view-model.ts';
import { asksForPraise } from './paper-sheet.ts';
import type { PaperSheetFields } from './paper-sheet.ts';
import { colleagueLine } from './praised-colleague.ts';

/** What the pages need. */
export interface PaperEntryPagesDeps
  extends FindSurveyDeps, Pick<EnterPaperSheetDeps, 'listColleagues' | 'isUnavailable'> {
  readonly enterPaperSheet: EnterPaperSheet;
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly listDepartments: () => Promise<readonly Department[]>;
  readonly mayEnter: (principal: Principal, departmentCode: string) => boolean;
  readonly newId: () => string;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

const path = '/paper';
const action = 'survey-response.enter';

interface ShownSheet extends Pick<PaperSheetInput, 'fields' | 'errors'>, Survey {
  readonly group: string;
  readonly status: number;
}

/** A line for each colleague to praise; none while the list cannot be read, for what was keyed must be shown all the same. */
async function colleagueLines(
  deps: PaperEntryPagesDeps,
  { department, form }: Survey,
  locale: Locale,
): Promise<readonly string[]> {
  if (!asksForPraise(form)) return [];
  const colleagues = await deps.listColleagues(department.code).catch((error: unknown) => {
    if (deps.isUnavailable(error)) return [];
    throw error;
  });
  const choices = colleagueChoices(colleagues, '', { locale, translate: deps.translate });
  return choices.map(({ value, text }) => colleagueLine(value, text));
}

async function sheetModel(deps: PaperEntryPagesDeps, shown: ShownSheet, locale: Locale): Promise<object> {
  const { department, group, fields } = shown;
  const colleagues = await colleagueLines(deps, shown, locale);
  return {
    groups: deps.groups[department.kind].flatMap((value) => {
      const form = deps.catalogue.inForce(value, deps.today());
      if (!form) return [];
      return { value, label: textIn(form.patientGroupName, locale), selected: value === group };
    }),
    sheet: paperSheetView({
      ...shown,
      colleagues,
      locale,
      t: (key) => deps.translate(locale, `paper-entry:${key}`),
    }),
    action: `${path}/${department.code}?group=${encodeURIComponent(group)}`,
    saved: fields.saved ?? 0,
  };
}

async function send(
  deps: PaperEntryPagesDeps,
  input: RouteInput,
  response: Response,
  shown: ShownSheet | null,
): Promise<void> {
  const { principal, locale } = input;
  const all = await deps.listDepartments();
  const own = all.filter(({ code }) => principal !== null && deps.mayEnter(principal, code));
  const model = {
    departments: departmentChoices(own, shown?.department.code, locale),
    ...(shown ? await sheetModel(deps, shown, locale) : {}),
    csrfToken: input.csrfToken ?? '',
    shell: deps.shell(input, path),
  };
  response
    .status(shown?.status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage('paper-entry/paper-entry', locale, model));
}

function nextSheet(departmentCode: string, group: string, fields: PaperSheetFields): string {
  const query = new URLSearchParams({
    department: departmentCode,
    group,
    answeredOn: fields.answeredOn ?? '',
    saved: String((fields.saved ?? 0) + 1),
  });
  return `${path}?${query.toString()}`;
}

/** 录入纸质问卷: one sheet after another, by keyboard; department, form and day stay. */
export function createPaperEntryPages(deps: PaperEntryPagesDeps): readonly Route[] {
  return [
    route<unknown, PaperQuery>({
      method: 'get',
      path,
      guard: deps.guard(action),
      summary: 'Keys in answers given on paper: the department, then its form, sheet after sheet.',
      query: paperQuery,
      handle: async (input, response) => {
        const { department: code, group, answeredOn = '', saved } = input.query;
        const mine = code !== undefined && input.principal !== null && deps.mayEnter(input.principal, code);
        if (!mine) return send(deps, input, response, null);
        const survey = await findSurvey(deps, code, group ?? null);
        const { id: formId, version: formVersion, patientGroup } = survey.form;
        const fields = { submissionId: deps.newId(), formId, formVersion, answeredOn, saved };
        return send(deps, input, response, {
          ...survey,
          fields,
          errors: [],
          group: patientGroup,
          status: 200,
        });
      },
    }),
    route<PaperSheetFields, PaperQuery>({
      method: 'post',
      path: `${path}/:departmentCode`,
      guard: deps.guard(action, 'departmentCode'),
      summary:
        'Stores a sheet once and leads to the next one; with faults it is shown again as it was keyed.',
      params: paperParams,
      query: paperQuery,
      body: paperSheetBody,
      handle: async (input, response) => {
        const { body: fields, locale, principal, requestId } = input;
        const departmentCode = input.params['departmentCode'] ?? '';
        const survey = await findSurvey(deps, departmentCode, input.query.group ?? null, fields);
        const { form } = survey;
        const actor = principal?.accountId ?? 'anonymous';
        const sheet = { fields, form, departmentCode, actor, requestId, locale };
        const outcome = await deps.enterPaperSheet(sheet);
        const group = form.patientGroup;
        if (outcome.stored) return response.redirect(303, nextSheet(departmentCode, group, fields));
        return send(deps, input, response, { ...survey, ...outcome, fields, group });
      },
    }),
  ];
}
