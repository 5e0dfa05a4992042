import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import { qrCode } from '../shared/qr-code.qrcode-generator.ts';
import { postersOf } from './poster.view-model.ts';
import type { PosterInput } from './poster.view-model.ts';
import type { FindSurveyDeps } from './find-survey.ts';
import { posterQuery } from './survey-response.schema.ts';

/** What the page needs. */
export interface PosterPageDeps
  extends
    Pick<PosterInput, 'groups' | 'hospitalName' | 'publicBaseUrl'>,
    Pick<FindSurveyDeps, 'catalogue' | 'today'> {
  readonly listDepartments: () => Promise<PosterInput['departments']>;
  readonly guard: (action: string) => Guard;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

const path = '/office/posters';

/** The posters with the QR codes, of one department or of all: on paper one a page. */
export function createPosterPage(deps: PosterPageDeps): Route {
  return route<unknown, { readonly department: string }>({
    method: 'get',
    path,
    guard: deps.guard('department.read'),
    summary: 'Posters with the QR code of each department’s form, to be printed.',
    query: posterQuery,
    handle: async (input, response) => {
      const { locale, query } = input;
      const all = await deps.listDepartments();
      const chosen = all.filter(({ code }) => query.department === '' || code === query.department);
      const posters = postersOf({
        ...deps,
        departments: chosen,
        formOf: (group) => deps.catalogue.inForce(group, deps.today()),
        locale,
        draw: qrCode,
      });
      const departments = all.map(({ code, name }) => {
        return { code, name: textIn(name, locale), selected: code === query.department };
      });
      const model = { posters, departments, shell: deps.shell(input, path) };
      response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(deps.renderPage('survey-responses/posters', locale, model));
    },
  });
}
