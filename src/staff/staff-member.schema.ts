import Joi from 'joi';
import { isCalendarDate } from '../shared/reporting-period.ts';
import { staffPosts } from './staff-member.ts';
import type { StaffMember } from './staff-member.ts';

/** 工号: letters, digits and hyphens as payroll systems write them; it stands in addresses. */
export const staffNumberPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u;

const day = Joi.string()
  .custom((value: string, helpers) => (isCalendarDate(value) ? value : helpers.error('calendar.date')))
  .messages({ 'calendar.date': '{{#label}} must be a day that exists' });
const departmentCode = Joi.string().max(64);

const fields = {
  name: Joi.string().trim().min(1).max(60).pattern(oneLine).required(),
  post: Joi.string()
    .valid(...staffPosts)
    .required(),
  departmentCode: departmentCode.required(),
  nursingUnitCode: departmentCode.allow(null).default(null),
  from: day.allow(null).default(null),
  until: day.allow(null).default(null),
};

/** `/:staffNumber`. */
export const staffParams = Joi.object<{ staffNumber: string }>({
  staffNumber: Joi.string().pattern(staffNumberPattern).required(),
});

/** A member of staff without the number, as a request body. */
export type StaffBody = Omit<StaffMember, 'staffNumber'>;
/** What may be left out is null. Whether the department exists is the use case's matter. */
export const staffBody = Joi.object<StaffBody>(fields);

/** Which part of the register a list shows. */
export interface StaffQuery {
  readonly department?: string;
  readonly text?: string;
  /** Also who works here no longer, or not yet. */
  readonly all: boolean;
  readonly after?: string;
}
/** Filters, and where the last page ended; empty ones do not matter. */
export const staffQuery = Joi.object<StaffQuery>({
  department: departmentCode.empty(''),
  // No name holds a control character, and the database's patterns take no NUL.
  text: Joi.string()
    .replace(/\p{Cc}/gu, '')
    .trim()
    .max(60)
    .empty(''),
  all: Joi.boolean().empty('').default(false),
  after: Joi.string().max(32).empty(''),
});

/** A whole member of staff, as a row of a file comes to it. */
export const staffRow = Joi.object<StaffMember>({
  staffNumber: Joi.string().pattern(staffNumberPattern).required(),
  ...fields,
});

/** The same filters in the address of a page; other parameters do not matter. */
export const staffPageQuery: Joi.ObjectSchema<StaffQuery> = staffQuery.unknown();

/** What has just been done to a member of staff, in the address of the page. */
export interface StaffDoneQuery {
  readonly done?: string;
}
/** One word, or nothing. */
export const staffDoneQuery = Joi.object<StaffDoneQuery>({
  done: Joi.string().max(20).empty(''),
}).unknown();

const typed = Joi.string().allow('').max(200).default('');

/** What was typed into the form of a member of staff. */
export type TypedStaffMember = Readonly<Record<keyof StaffMember, string>>;
/** Whether it is right is judged where it is used, so that what was typed can be shown again. */
export const staffForm = Joi.object<TypedStaffMember & { readonly _csrf?: string }>({
  _csrf: typed,
  staffNumber: typed,
  name: typed,
  post: typed,
  departmentCode: typed,
  nursingUnitCode: typed,
  from: typed,
  until: typed,
});

/** A form of nothing but its token. */
export const emptyStaffForm = Joi.object({ _csrf: typed });
