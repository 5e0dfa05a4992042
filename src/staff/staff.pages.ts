import type { Response } from 'express';
import { may } from '../accounts/policy.ts';
import type { Department } from '../departments/department.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { validate } from '../http/validate.ts';
import { DomainError } from '../shared/domain-error.ts';
import { fieldFaults } from '../shared/form-field.ts';
import type { FieldFault } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { findStaffMember } from './find-staff-member.ts';
import {
  emptyStaffFields,
  staffFactsModel,
  staffFieldsOf,
  staffFormModel,
  staffHref,
  staffListModel,
} from './staff-pages.view-model.ts';
import type { StaffFields, StaffPageContext } from './staff-pages.view-model.ts';
import type { StaffMember } from './staff-member.ts';
import type { StaffRoutesDeps } from './staff-member.routes.ts';
import {
  emptyStaffForm,
  staffDoneQuery,
  staffForm,
  staffPageQuery,
  staffParams,
  staffRow,
} from './staff-member.schema.ts';
import type { StaffDoneQuery, StaffQuery, TypedStaffMember } from './staff-member.schema.ts';

/** What the pages need from outside. */
export interface StaffPagesDeps extends StaffRoutesDeps {
  readonly translate: Translate;
  readonly listDepartments: (options: {
    readonly includeInactive: boolean;
  }) => Promise<readonly Department[]>;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly guard: (action: string) => Guard;
}

const listPath = '/admin/staff';
const newPath = '/admin/staff/new';
const numberOf = ({ params }: RouteInput): string => params['staffNumber'] ?? '';
const mayManage = ({ principal }: RouteInput): boolean =>
  principal !== null && may(principal, 'staff-member.manage');
const savedBy = ({ principal, requestId, locale }: RouteInput) => ({
  actor: principal?.accountId ?? '',
  requestId,
  locale,
});

function send(
  deps: StaffPagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly path: string; readonly model: object; readonly status?: number },
): void {
  const model = { ...page.model, shell: deps.shell(input, page.path) };
  response
    .status(page.status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(page.name, input.locale, model));
}

async function contextOf(deps: StaffPagesDeps, { locale }: RouteInput): Promise<StaffPageContext> {
  const departments = await deps.listDepartments({ includeInactive: true });
  return { t: deps.translate, locale, departments, today: deps.today() };
}

/** A form that was sent, with its faults; left out: a fresh page. */
interface Sent {
  readonly fields: StaffFields;
  readonly faults: readonly FieldFault[];
}

async function sendNew(
  deps: StaffPagesDeps,
  input: RouteInput,
  response: Response,
  sent?: Sent,
): Promise<void> {
  const { fields, faults } = sent ?? { fields: emptyStaffFields, faults: [] };
  const model = staffFormModel(fields, faults, { isNew: true }, await contextOf(deps, input));
  send(deps, input, response, { name: 'staff/new', path: newPath, model, status: sent ? 422 : 200 });
}

const doneWords = new Set(['added', 'saved', 'deactivated']);

async function sendMember(
  deps: StaffPagesDeps,
  input: RouteInput,
  response: Response,
  { sent, done }: { readonly sent?: Sent; readonly done?: string | undefined },
): Promise<void> {
  const member = await findStaffMember(deps.staff, numberOf(input));
  const context = await contextOf(deps, input);
  const { fields, faults } = sent ?? { fields: staffFieldsOf(member), faults: [] };
  const { errors, fields: form } = staffFormModel(fields, faults, { isNew: false }, context);
  const model = {
    ...staffFactsModel(member, context),
    errors,
    fields: form,
    mayManage: mayManage(input),
    done: done && doneWords.has(done) ? deps.translate(input.locale, `staff-members:done.${done}`) : null,
  };
  const path = staffHref(member.staffNumber);
  send(deps, input, response, { name: 'staff/member', path, model, status: sent ? 422 : 200 });
}

/** What was typed as a member of staff; what may be empty is null then. Throws `validation_failed`. */
function memberOf(deps: StaffPagesDeps, fields: StaffFields, locale: Locale): StaffMember {
  const value = {
    staffNumber: fields.staffNumber.trim() || undefined,
    name: fields.name.trim() || undefined,
    post: fields.post || undefined,
    departmentCode: fields.departmentCode || undefined,
    nursingUnitCode: fields.nursingUnitCode || null,
    from: fields.from || null,
    until: fields.until || null,
  };
  return validate(staffRow, value, { locale, translate: deps.translate }) as StaffMember;
}

/** Somebody new: a number that is known already is a fault, never a change of whoever has it. */
async function add(deps: StaffPagesDeps, input: RouteInput, fields: StaffFields): Promise<string> {
  const member = memberOf(deps, fields, input.locale);
  if (await deps.staff.find(member.staffNumber)) {
    const detail = deps.translate(input.locale, 'staff-members:fault.number_taken');
    throw new DomainError('invalid', 'staff_member_invalid', 'The number belongs to somebody.', {
      errors: [{ pointer: '/staffNumber', code: 'number_taken', detail }],
    });
  }
  await deps.saveStaffMember(member, savedBy(input));
  return member.staffNumber;
}

function createReadingPages(deps: StaffPagesDeps): readonly Route[] {
  return [
    route<unknown, StaffQuery>({
      method: 'get',
      path: listPath,
      guard: deps.guard('staff-member.read'),
      summary: 'The staff register with its search, 100 a page.',
      query: staffPageQuery,
      handle: async (input, response) => {
        const found = await deps.listStaff(input.query);
        const context = await contextOf(deps, input);
        const { path, model } = staffListModel(found, input.query, mayManage(input), context);
        send(deps, input, response, { name: 'staff/staff', path, model });
      },
    }),
    route({
      method: 'get',
      path: newPath,
      guard: deps.guard('staff-member.manage'),
      summary: 'The form that adds a member of staff.',
      handle: (input, response) => sendNew(deps, input, response),
    }),
    route<unknown, StaffDoneQuery>({
      method: 'get',
      path: `${listPath}/:staffNumber`,
      guard: deps.guard('staff-member.read'),
      summary: 'One member of staff, and for administrators the form that changes it.',
      params: staffParams,
      query: staffDoneQuery,
      handle: (input, response) => sendMember(deps, input, response, { done: input.query.done }),
    }),
  ];
}

/** The pages of the 职工名册: the office reads, administrators write. */
export function createStaffPages(deps: StaffPagesDeps): readonly Route[] {
  const guard = deps.guard('staff-member.manage');
  return [
    ...createReadingPages(deps),
    route<TypedStaffMember>({
      method: 'post',
      path: listPath,
      guard,
      summary: 'Adds a member of staff whose number nobody has.',
      body: staffForm,
      handle: async (input, response) => {
        try {
          const staffNumber = await add(deps, input, input.body);
          response.redirect(303, `${staffHref(staffNumber)}?done=added`);
        } catch (error) {
          const faults = fieldFaults(error, deps.translate, input.locale);
          await sendNew(deps, input, response, { fields: input.body, faults });
        }
      },
    }),
    route<TypedStaffMember>({
      method: 'post',
      path: `${listPath}/:staffNumber`,
      guard,
      summary: 'Changes a member of staff.',
      params: staffParams,
      body: staffForm,
      handle: async (input, response) => {
        const fields = { ...input.body, staffNumber: numberOf(input) };
        await findStaffMember(deps.staff, fields.staffNumber);
        try {
          await deps.saveStaffMember(memberOf(deps, fields, input.locale), savedBy(input));
          response.redirect(303, `${staffHref(fields.staffNumber)}?done=saved`);
        } catch (error) {
          const faults = fieldFaults(error, deps.translate, input.locale);
          await sendMember(deps, input, response, { sent: { fields, faults } });
        }
      },
    }),
    route({
      method: 'post',
      path: `${listPath}/:staffNumber/deactivate`,
      guard,
      summary: 'Ends the work of a member of staff today.',
      params: staffParams,
      body: emptyStaffForm,
      handle: async (input, response) => {
        const member = await findStaffMember(deps.staff, numberOf(input));
        try {
          await deps.deactivateStaffMember(member.staffNumber, savedBy(input));
          response.redirect(303, `${staffHref(member.staffNumber)}?done=deactivated`);
        } catch (error) {
          const faults = fieldFaults(error, deps.translate, input.locale);
          await sendMember(deps, input, response, { sent: { fields: staffFieldsOf(member), faults } });
        }
      },
    }),
  ];
}
