import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { calendarForm, calendarParams } from './calendar-year.schema.ts';
import type { CalendarForm } from './calendar-year.schema.ts';
import type { CalendarRoutesDeps } from './calendar.routes.ts';
import { fieldsOf, readCalendar } from './calendar.view-model.ts';
import type { CalendarFields, ClosingDay, FieldFault } from './calendar.view-model.ts';

/** What the pages need from outside. */
export interface CalendarPagesDeps extends CalendarRoutesDeps {
  /** Where each month of a year closes, and which are closed already. */
  readonly closingDays: (year: number) => Promise<readonly ClosingDay[]>;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly t: Translate;
  readonly hospitalTime: HospitalTime;
  readonly clock: Clock;
}

interface Shown {
  readonly status?: number;
  readonly fields?: CalendarFields;
  readonly faults?: readonly FieldFault[];
  /** A key of `calendar:` about the whole form. */
  readonly problemKey?: string;
}

function createShow(deps: CalendarPagesDeps) {
  return async (input: RouteInput, response: Response, shown: Shown = {}): Promise<void> => {
    const year = Number(input.params['year']);
    const stored = await deps.store.find(year);
    const { faults = [], problemKey = '' } = shown;
    const of = (field: string): readonly FieldFault[] => faults.filter((fault) => fault.field === field);
    const model = {
      shell: deps.shell(input, `/office/calendar/${year}`),
      csrfToken: input.csrfToken,
      year: String(year),
      earlier: String(year - 1),
      later: String(year + 1),
      entered: stored !== null,
      edited: stored?.year.origin === 'edited',
      updatedAt: stored ? deps.hospitalTime.format(stored.updatedAt) : '',
      fields: shown.fields ?? fieldsOf(stored),
      failed: faults.length > 0 || problemKey !== '',
      problemKey,
      faults: {
        source: of('source'),
        holidays: of('holidays'),
        workingDays: of('workingDays'),
        quietDays: of('quietDays'),
      },
      closingDays: await deps.closingDays(year),
    };
    response
      .status(shown.status ?? 200)
      .type('html')
      .send(deps.renderPage('calendar/calendar', input.locale, model));
  };
}

/** The office's page of a year: the days as lines, and when its months close. Nothing that was typed is lost. */
export function createCalendarPages(deps: CalendarPagesDeps): readonly Route[] {
  const guard = deps.guard('calendar.manage');
  const show = createShow(deps);
  const save = async (input: RouteInput<CalendarForm>, response: Response): Promise<void> => {
    const { body: fields, locale, principal, requestId } = input;
    const year = Number(input.params['year']);
    const read = readCalendar(fields, year, (code, values) =>
      deps.t(locale, `calendar:fault.${code}`, values),
    );
    if (read.faults.length > 0) {
      await show(input, response, { status: 422, fields, faults: read.faults });
      return;
    }
    const seen = fields.version === '' ? null : new Date(fields.version);
    const by = { actor: principal?.accountId ?? 'anonymous', requestId, locale };
    try {
      await deps.saveCalendarYear({ year, content: read.content, seen, ...by });
      response.redirect(303, `/office/calendar/${year}`);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'calendar_changed') throw error;
      await show(input, response, { status: 409, fields, problemKey: 'calendar:changed' });
    }
  };
  return [
    route({
      method: 'get',
      path: '/office/calendar',
      guard,
      summary: 'Leads to the calendar of the running year.',
      handle: (_input, response) =>
        response.redirect(303, `/office/calendar/${deps.hospitalTime.dateOf(deps.clock.now()).slice(0, 4)}`),
    }),
    route({
      method: 'get',
      path: '/office/calendar/:year',
      guard,
      summary: 'Holidays, worked weekends and days without calls of a year, and when its months close.',
      params: calendarParams,
      handle: (input, response) => show(input, response),
    }),
    route<CalendarForm>({
      method: 'post',
      path: '/office/calendar/:year',
      guard,
      summary: 'Saves a year, or shows the form again with what is wrong.',
      params: calendarParams,
      body: calendarForm,
      handle: save,
    }),
  ];
}
