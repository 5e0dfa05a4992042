import { answer, anyText, day, listOf, localized } from '../http/answer.schema.ts';
import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { noticeParams } from './privacy-notice.schema.ts';
import type { PrivacyNotice, PrivacyNotices } from './privacy-notice.ts';

/** What the routes need. */
export interface PrivacyNoticeRoutesDeps {
  readonly notices: PrivacyNotices;
  readonly today: () => CalendarDate;
}

const noticeAnswer = answer({
  version: anyText,
  inForceFrom: day,
  summary: localized,
  spoken: localized,
  paragraphs: listOf(answer({ heading: localized, text: localized })),
});

/** The notice of a version, or the one in force for `current`. Throws `privacy_notice_not_found`. */
export function noticeOf({ notices, today }: PrivacyNoticeRoutesDeps, version: string): PrivacyNotice {
  const notice = version === 'current' ? notices.inForce(today()) : notices.find(version);
  if (notice) return notice;
  throw new DomainError(
    'not-found',
    'privacy_notice_not_found',
    'There is no privacy notice of this version.',
  );
}

/** Privacy notices for clients that show a form of their own. */
export function createPrivacyNoticeRoutes(deps: PrivacyNoticeRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/privacy-notices/:version',
      guard: openToAll,
      side: 'both',
      summary:
        'A privacy notice by its version, or `current`: to be shown with the form; its version goes with the answer as `noticeVersion`.',
      params: noticeParams,
      responses: { 200: noticeAnswer },
      handle: (input, response) => {
        response.json(noticeOf(deps, input.params['version'] ?? ''));
      },
    }),
  ];
}
