import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { validate } from '../http/validate.ts';
import { DomainError } from '../shared/domain-error.ts';
import { fieldFaults } from '../shared/form-field.ts';
import type { Locale } from '../shared/localized-text.ts';
import { departmentInvalid } from './department-faults.ts';
import { departmentFields, readDepartmentForm } from './department-form.ts';
import type { TypedDepartment } from './department-form.ts';
import { departmentFormModel } from './department-form.view-model.ts';
import type { FormSubject } from './department-form.view-model.ts';
import { departmentOf } from './department-overview.ts';
import { sendDepartmentPage } from './department.pages.ts';
import type { DepartmentPagesDeps } from './department.pages.ts';
import { changedBy } from './department.routes.ts';
import { departmentDetailsForm } from './department.schema.ts';
import type { DepartmentBody } from './department.schema.ts';
import type { DepartmentDraft } from './department.ts';

/** What the forms need beside what the other pages need. */
export interface DepartmentFormDeps extends DepartmentPagesDeps {
  /** Languages a scorecard can be written in. */
  readonly languages: readonly Locale[];
}

const listPath = '/admin/departments';
const newPath = '/admin/departments/new';
const maxBodyBytes = 256 * 1024;
const codeOf = ({ params }: RouteInput): string => params['code'] ?? '';

/** Shows the form: as it was sent with its faults, or fresh. */
function show(
  deps: DepartmentFormDeps,
  input: RouteInput,
  response: Response,
  form: { readonly subject: FormSubject; readonly typed: TypedDepartment; readonly error?: unknown },
): void {
  const { subject, typed, error } = form;
  const { fieldOf } = readDepartmentForm(typed);
  const found = error === undefined ? [] : fieldFaults(error, deps.translate, input.locale);
  const faults = found.map(({ field, text }) => ({ field: fieldOf(field), text }));
  const words = { t: deps.translate, locale: input.locale };
  const model = departmentFormModel(subject, { typed, faults, languages: deps.languages }, words);
  const path = subject ? `${listPath}/${subject.code}/edit` : newPath;
  sendDepartmentPage(deps, input, response, {
    name: 'departments/form',
    path,
    model,
    status: error === undefined ? 200 : 422,
  });
}

/** Saves a new department: a code that is known already is a fault, never a change of whatever has it. Gives its code. */
async function add(deps: DepartmentFormDeps, input: RouteInput<TypedDepartment>): Promise<string> {
  const { locale, body } = input;
  const { translate, schemas } = deps;
  const code = body['code']?.trim() || undefined;
  const value = { ...readDepartmentForm(body).value, code, until: null, active: true };
  const draft = validate(schemas.draft, value, { locale, translate }) as DepartmentDraft;
  const all = await deps.listOverviews();
  if (all.some((one) => one.code === draft.code)) {
    const detail = translate(locale, 'departments:fault.code_taken');
    throw departmentInvalid([{ pointer: '/code', code: 'code_taken', detail }]);
  }
  await deps.saveDepartment(draft, changedBy(input));
  return draft.code;
}

/** Saves what the form holds of a department, if nobody changed it since; name, last day and mergers stay as they are stored. */
async function change(deps: DepartmentFormDeps, input: RouteInput<TypedDepartment>): Promise<void> {
  const { locale } = input;
  const { code, ...stored } = departmentOf(await deps.findOverview(codeOf(input)));
  const { kind, campus, from, nursingUnits, recipients } = readDepartmentForm(input.body).value;
  const value = { ...stored, kind, campus, from, nursingUnits, recipients };
  const body = validate(deps.schemas.body, value, {
    locale,
    translate: deps.translate,
  }) as DepartmentBody;
  const revision = Number(input.body['revision']);
  await deps.saveDepartment({ ...body, code }, { ...changedBy(input), revision });
}

function createAddingPages(deps: DepartmentFormDeps): readonly Route[] {
  const guard = deps.guard('department.manage');
  return [
    route({
      method: 'get',
      path: newPath,
      guard,
      summary: 'The form that adds a department.',
      handle: (input, response) => {
        const typed = departmentFields(null, deps.languages[0] ?? 'zh-Hans');
        show(deps, input, response, { subject: null, typed });
      },
    }),
    route<TypedDepartment>({
      method: 'post',
      path: listPath,
      guard,
      summary: 'Adds a department whose code no other has.',
      body: departmentDetailsForm,
      maxBodyBytes,
      handle: async (input, response) => {
        try {
          const code = await add(deps, input);
          response.redirect(303, `${listPath}/${code}?done=added`);
        } catch (error) {
          show(deps, input, response, { subject: null, typed: input.body, error });
        }
      },
    }),
  ];
}

/** The forms that add a department, and change its kind, campus, recipients and nursing units. They stand before `/:code`. */
export function createDepartmentFormPages(deps: DepartmentFormDeps): readonly Route[] {
  const shared = { guard: deps.guard('department.manage'), params: deps.schemas.params };
  const path = `${listPath}/:code/edit`;
  return [
    ...createAddingPages(deps),
    route({
      ...shared,
      method: 'get',
      path,
      summary: 'The form that changes kind, first day, campus, recipients and nursing units of a department.',
      handle: async (input, response) => {
        const subject = await deps.findOverview(codeOf(input));
        const typed = departmentFields(subject, deps.languages[0] ?? 'zh-Hans');
        show(deps, input, response, { subject, typed });
      },
    }),
    route<TypedDepartment>({
      ...shared,
      method: 'post',
      path,
      summary: 'Changes kind, first day, campus, recipients and nursing units of a department.',
      body: departmentDetailsForm,
      maxBodyBytes,
      handle: async (input, response) => {
        const subject = await deps.findOverview(codeOf(input));
        try {
          await change(deps, input);
          response.redirect(303, `${listPath}/${subject.code}?done=saved`);
        } catch (error) {
          // Whoever sends the form again has been told; until then it stays made from the revision they saw.
          const changed = error instanceof DomainError && error.code === 'department_changed';
          const revision = changed ? String(subject.revision) : (input.body['revision'] ?? '');
          show(deps, input, response, { subject, typed: { ...input.body, revision }, error });
        }
      },
    }),
  ];
}
