import Joi from 'joi';
import { answer, count, day, listOf, moment, oneOf } from '../http/answer.schema.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarYear, CalendarYearContent } from './calendar-year.ts';

const text = (max: number): Joi.StringSchema => Joi.string().trim().min(1).max(max);

const calendarDate = Joi.string().custom((value: string, helpers) =>
  isCalendarDate(value) ? value : helpers.error('calendar.date'),
);

interface Dated {
  readonly year: number;
  readonly holidays: readonly { readonly date: string }[];
  readonly workingDays: readonly string[];
  readonly quietDays: readonly string[];
}

/** The notice for a year may begin with the last days of December before it. */
function belongsTo(year: number, date: string): boolean {
  return date.startsWith(`${year}-`) || date.startsWith(`${year - 1}-12-`);
}

/** A year's file: every date exists, belongs to the year, stands once, and is not both off and worked. */
export const calendarYearSchema: Joi.ObjectSchema<CalendarYear> = Joi.object<CalendarYear>({
  year: Joi.number().strict().integer().min(2000).max(2200).required(),
  source: text(200).required(),
  holidays: Joi.array()
    .items(Joi.object({ date: calendarDate.required(), name: text(60).required() }))
    .unique('date')
    .max(120)
    .required(),
  workingDays: Joi.array().items(calendarDate).unique().max(60).required(),
  quietDays: Joi.array().items(calendarDate).unique().max(60).default([]),
})
  .required()
  .custom((value: Dated, helpers) => {
    const off = value.holidays.map(({ date }) => date);
    if (![...off, ...value.workingDays, ...value.quietDays].every((date) => belongsTo(value.year, date)))
      return helpers.error('calendar.otherYear');
    return value.workingDays.some((date) => off.includes(date)) ? helpers.error('calendar.both') : value;
  })
  .messages({
    'calendar.date': '{{#label}} must be a day that exists, such as 2026-10-01',
    'calendar.otherYear': 'every date must lie in the year or in the December before it',
    'calendar.both': 'a date cannot be both a holiday and a working day',
  });

/** The year, or the sentences that say what is wrong with it, each with its field. */
export function checkCalendarYear(
  value: unknown,
): { readonly year: CalendarYear } | { readonly problems: readonly string[] } {
  const result = calendarYearSchema.validate(value, { abortEarly: false });
  return result.error
    ? { problems: result.error.details.map(({ message }) => message) }
    : { year: result.value };
}

/** A year's content of `PUT /api/v1/calendar/:year`: the shapes only; what belongs together is judged by the use case. */
export const calendarBody: Joi.ObjectSchema<CalendarYearContent> = Joi.object<CalendarYearContent>({
  source: text(200).required(),
  holidays: Joi.array()
    .items(Joi.object({ date: Joi.string().max(10).required(), name: text(60).required() }))
    .max(120)
    .required(),
  workingDays: Joi.array().items(Joi.string().max(10)).max(60).required(),
  quietDays: Joi.array().items(Joi.string().max(10)).max(60).default([]),
});

/** `{year}` in the path. */
export const calendarParams: Joi.ObjectSchema<{ year: string }> = Joi.object<{ year: string }>({
  year: Joi.string()
    .pattern(/^2[01]\d{2}$/)
    .required(),
});

/** Fields of the posted page: the lists as they were typed. */
export interface CalendarForm {
  readonly _csrf?: string;
  /** The version the page showed; empty when the year was not there. */
  readonly version: string;
  readonly source: string;
  readonly holidays: string;
  readonly workingDays: string;
  readonly quietDays: string;
}

const typed = Joi.string().allow('').max(8000).default('');

/** Fields of the posted page. */
export const calendarForm: Joi.ObjectSchema<CalendarForm> = Joi.object<CalendarForm>({
  _csrf: Joi.string().max(200),
  version: Joi.string().allow('').isoDate().default(''),
  source: Joi.string().allow('').max(400).default(''),
  holidays: typed,
  workingDays: typed,
  quietDays: typed,
});

/** Answer of `GET` and `PUT /api/v1/calendar/:year`. */
export const calendarAnswer: Joi.ObjectSchema = answer({
  year: count,
  source: text(200),
  holidays: listOf(answer({ date: day, name: text(60) })),
  workingDays: listOf(day),
  quietDays: listOf(day),
  origin: oneOf(['shipped', 'edited']),
  updatedAt: moment,
});
