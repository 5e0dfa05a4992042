import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { validate } from '../http/validate.ts';
import { fieldFaults } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { departmentListModel, departmentModel, freshPage } from './department-pages.view-model.ts';
import type { DepartmentPageState, TypedFields } from './department-pages.view-model.ts';
import { departmentOf } from './department-overview.ts';
import type { ListDepartmentOverviews } from './department-overview.ts';
import type { Merge } from './department-record.ts';
import { changedBy } from './department.routes.ts';
import type { DepartmentUseCases } from './department.routes.ts';
import { departmentDoneQuery, departmentForm, emptyDepartmentForm } from './department.schema.ts';
import type { DepartmentDoneQuery, DepartmentSchemas } from './department.schema.ts';
import { departmentNotFound } from './find-department.ts';
import type { Renaming } from './rename-department.ts';

/** What the pages need from outside. */
export interface DepartmentPagesDeps extends DepartmentUseCases {
  readonly guard: (action: string) => Guard;
  readonly schemas: DepartmentSchemas;
  readonly listOverviews: ListDepartmentOverviews;
  readonly today: () => string;
  readonly translate: Translate;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
}

type Input = RouteInput<TypedFields>;
type FormName = NonNullable<DepartmentPageState['form']>;

const listPath = '/admin/departments';
const codeOf = ({ params }: RouteInput): string => params['code'] ?? '';

/** Sends one page of departments; no cache keeps it. */
export function sendDepartmentPage(
  deps: DepartmentPagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly path: string; readonly model: object; readonly status: number },
): void {
  const model = { ...page.model, shell: deps.shell(input, page.path) };
  response
    .status(page.status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(page.name, input.locale, model));
}

async function sendDepartment(
  deps: DepartmentPagesDeps,
  input: RouteInput,
  response: Response,
  state: DepartmentPageState & { readonly status: number },
): Promise<void> {
  const all = await deps.listOverviews();
  const one = all.find(({ code }) => code === codeOf(input));
  if (!one) throw departmentNotFound();
  const words = { t: deps.translate, locale: input.locale };
  const model = departmentModel(one, all, { ...state, today: deps.today() }, words);
  const path = `${listPath}/${one.code}`;
  sendDepartmentPage(deps, input, response, {
    name: 'departments/department',
    path,
    model,
    status: state.status,
  });
}

/** The faults of a form; a name's languages have one place. */
function faultsOf(
  error: unknown,
  { translate }: DepartmentPagesDeps,
  locale: Locale,
): DepartmentPageState['faults'] {
  return fieldFaults(error, translate, locale).map(({ field, text }) => ({
    field: field.split('/')[0] ?? '',
    text,
  }));
}

/** One form of a department's page: what was typed stays when it has faults. */
function formRoute(
  deps: DepartmentPagesDeps,
  form: FormName,
  summary: string,
  change: (input: Input) => Promise<unknown>,
): Route {
  return route<TypedFields>({
    method: 'post',
    path: `${listPath}/:code/${form}`,
    guard: deps.guard('department.manage'),
    summary,
    params: deps.schemas.params,
    body: departmentForm,
    handle: async (input, response) => {
      try {
        await change(input);
      } catch (error) {
        const faults = faultsOf(error, deps, input.locale);
        await sendDepartment(deps, input, response, {
          form,
          typed: input.body,
          faults,
          done: null,
          status: 422,
        });
        return;
      }
      await sendDepartment(deps, input, response, { ...freshPage, done: form, status: 200 });
    },
  });
}

function createDepartmentForms(deps: DepartmentPagesDeps): readonly Route[] {
  const { schemas, translate } = deps;
  const rename = (input: Input): Promise<unknown> => {
    const { name = '', nameHant = '', nameEn = '', from = '' } = input.body;
    const languages = {
      'zh-Hans': name,
      ...(nameHant === '' ? {} : { 'zh-Hant': nameHant }),
      ...(nameEn === '' ? {} : { en: nameEn }),
    };
    const { locale } = input;
    const renaming = validate(schemas.renaming, { name: languages, from }, { locale, translate }) as Renaming;
    return deps.renameDepartment(codeOf(input), renaming, changedBy(input));
  };
  const merge = (input: Input): Promise<unknown> => {
    const { into = '', from = '' } = input.body;
    const merger = validate(schemas.merge, { into, from }, { locale: input.locale, translate }) as Merge;
    return deps.mergeDepartment(codeOf(input), merger, changedBy(input));
  };
  const close = async (input: Input): Promise<unknown> => {
    const { code, ...stored } = departmentOf(await deps.findOverview(codeOf(input)));
    const until = input.body['until'] || null;
    const options = { locale: input.locale, translate };
    validate(schemas.body, { ...stored, until }, options);
    return deps.saveDepartment({ ...stored, code, until }, changedBy(input));
  };
  return [
    formRoute(deps, 'rename', 'Gives a department another name from a day on.', rename),
    formRoute(deps, 'merge', 'Merges a department into another from a day on.', merge),
    formRoute(deps, 'close', 'Closes a department from a day on, or lets it stay open.', close),
    route({
      method: 'post',
      path: `${listPath}/:code/unmerge`,
      guard: deps.guard('department.manage'),
      summary: 'Undoes a merger.',
      params: schemas.params,
      body: emptyDepartmentForm,
      handle: async (input, response) => {
        await deps.unmergeDepartment(codeOf(input), changedBy(input));
        await sendDepartment(deps, input, response, { ...freshPage, done: 'unmerge', status: 200 });
      },
    }),
  ];
}

/** The pages of departments for administrators: the list, and one with its history and what can be done to it. */
export function createDepartmentPages(deps: DepartmentPagesDeps): readonly Route[] {
  const guard = deps.guard('department.manage');
  return [
    route({
      method: 'get',
      path: listPath,
      guard,
      summary: 'All departments, open or not.',
      handle: async (input, response) => {
        const words = { t: deps.translate, locale: input.locale };
        const model = departmentListModel(await deps.listOverviews(), words);
        sendDepartmentPage(deps, input, response, {
          name: 'departments/departments',
          path: listPath,
          model,
          status: 200,
        });
      },
    }),
    route<unknown, DepartmentDoneQuery>({
      method: 'get',
      path: `${listPath}/:code`,
      guard,
      summary: 'One department with its history, and the forms that rename, merge and close it.',
      params: deps.schemas.params,
      query: departmentDoneQuery,
      handle: (input, response) => {
        const done = input.query.done ?? null;
        return sendDepartment(deps, input, response, { ...freshPage, done, status: 200 });
      },
    }),
    ...createDepartmentForms(deps),
  ];
}
