import type { Locale } from '../shared/localized-text.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';

/** What the page needs. */
export interface RosterPagesDeps {
  readonly guard: (action: string) => Guard;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
}

/** The page that uploads the workbook and shows what became of each row. */
export function createRosterPages(deps: RosterPagesDeps): readonly Route[] {
  const path = '/admin/departments/import';
  return [
    route({
      method: 'get',
      path,
      guard: deps.guard('department.manage'),
      summary: 'Where departments and staff are imported from a workbook.',
      handle: (input, response) => {
        const model = { shell: deps.shell(input, path) };
        const page = deps.renderPage('roster/import', input.locale, model);
        response.set('Cache-Control', 'no-store').type('html').send(page);
      },
    }),
  ];
}
