import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import { auditPageQuery } from './audit.schema.ts';
import { auditPageModel } from './audit.view-model.ts';
import type { KeptVerification } from './keep-verification.ts';
import type { AuditQuery, ReadAuditEvents } from './list-audit-events.ts';

/** What the page needs. */
export interface AuditPagesDeps {
  readonly guard: (action: string) => Guard;
  readonly read: ReadAuditEvents;
  readonly lastVerification: KeptVerification['lastVerification'];
  readonly hospitalTime: HospitalTime;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
}

const pageSize = 50;

/** The auditor's page. */
export function createAuditPages(deps: AuditPagesDeps): readonly Route[] {
  return [
    route<unknown, AuditQuery>({
      method: 'get',
      path: '/audit',
      guard: deps.guard('audit.read'),
      summary: 'The audit trail with its search, and whether it is whole.',
      query: auditPageQuery,
      handle: async (input, response) => {
        const { query, locale } = input;
        const page = await deps.read.list(query, pageSize);
        const verification = await deps.lastVerification();
        const { format } = deps.hospitalTime;
        const { path, model } = auditPageModel({ page, query, verification, format });
        response
          .set('Cache-Control', 'no-store')
          .type('html')
          .send(deps.renderPage('audit/audit', locale, { ...model, shell: deps.shell(input, path) }));
      },
    }),
  ];
}
