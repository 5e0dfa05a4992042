import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { noticeView } from './notice.view-model.ts';
import { sendPatientPage, viewOf } from './patient-page.express.ts';
import type { PatientPageDeps } from './patient-page.express.ts';
import { patientPageQuery } from './survey-response.schema.ts';
import type { PatientPageQuery } from './survey-response.schema.ts';

/** What the page needs. */
export interface PrivacyNoticePageDeps extends PatientPageDeps {
  readonly notices: Pick<PrivacyNotices, 'inForce'>;
  readonly today: () => CalendarDate;
}

/** The notice in force on a page of its own, for posters and for whoever wants to read it in peace. */
export function createPrivacyNoticePage(deps: PrivacyNoticePageDeps): Route {
  return route<unknown, PatientPageQuery>({
    method: 'get',
    path: '/privacy',
    guard: openToAll,
    summary: 'The privacy notice in force.',
    query: patientPageQuery,
    handle: (input, response) => {
      const view = viewOf(input);
      const model = { notice: noticeView(deps.notices.inForce(deps.today()), view.locale) };
      sendPatientPage(deps, view, response, { name: 'survey-responses/privacy', path: '/privacy', model });
    },
  });
}
