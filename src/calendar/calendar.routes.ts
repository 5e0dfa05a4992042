import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import { calendarAnswer, calendarBody, calendarParams } from './calendar-year.schema.ts';
import type { CalendarYearContent } from './calendar-year.ts';
import type { CalendarYearStore } from './calendar-year.store.ts';
import type { SaveCalendarYear } from './save-calendar-year.ts';

/** What the routes need from outside. */
export interface CalendarRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly store: Pick<CalendarYearStore, 'find'>;
  readonly saveCalendarYear: SaveCalendarYear;
}

/** `GET` and `PUT /api/v1/calendar/:year`: holidays, 调休 working days and days without calls. */
export function createCalendarRoutes(deps: CalendarRoutesDeps): readonly Route[] {
  const guard = deps.guard('calendar.manage');
  const answer = async (year: number): Promise<object> => {
    const found = await deps.store.find(year);
    if (!found) throw new DomainError('not-found', 'calendar_year_not_found', 'This year is not entered.');
    return { ...found.year, updatedAt: found.updatedAt.toISOString() };
  };
  return [
    route({
      method: 'get',
      path: '/api/v1/calendar/:year',
      guard,
      summary: 'One year of the working calendar: holidays, worked weekends, days without calls.',
      params: calendarParams,
      responses: { 200: calendarAnswer },
      handle: async ({ params }, response) => {
        response.json(await answer(Number(params['year'])));
      },
    }),
    route<CalendarYearContent>({
      method: 'put',
      path: '/api/v1/calendar/:year',
      guard,
      summary: 'Writes a year of the working calendar; in force at once, and no update replaces it.',
      params: calendarParams,
      responses: { 200: calendarAnswer },
      body: calendarBody,
      handle: async ({ params, body, principal, requestId, locale }, response) => {
        const year = Number(params['year']);
        const actor = principal?.accountId ?? 'anonymous';
        await deps.saveCalendarYear({ year, content: body, actor, requestId, locale });
        response.json(await answer(year));
      },
    }),
  ];
}
