import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { auditCsv } from './audit-csv.ts';
import { auditEventsAnswer, auditFilter, auditListQuery } from './audit.schema.ts';
import type { AuditQuery, ReadAuditEvents } from './list-audit-events.ts';
import { sendLines } from './send-lines.node.ts';

/** What the routes need. */
export interface AuditRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly read: ReadAuditEvents;
  readonly hospitalTime: HospitalTime;
}

/** The audit trail for auditors. */
export function createAuditRoutes({ guard, read, hospitalTime }: AuditRoutesDeps): readonly Route[] {
  return [
    route<unknown, AuditQuery & { readonly limit: number }>({
      method: 'get',
      path: '/api/v1/audit-events',
      guard: guard('audit.read'),
      summary: 'Events of the audit trail, newest first, page by page.',
      query: auditListQuery,
      responses: { 200: auditEventsAnswer },
      handle: async ({ query: { limit, ...query } }, response) => {
        response.set('Cache-Control', 'no-store').json(await read.list(query, limit));
      },
    }),
    route<unknown, AuditQuery>({
      method: 'get',
      path: '/api/v1/audit-events/export.csv',
      guard: guard('audit.read'),
      exports: true,
      summary: 'All events asked for as CSV, newest first; the export is in the trail itself.',
      query: auditFilter,
      responses: { 200: 'text/csv' },
      handle: async ({ query }, response) => {
        response
          .set('Cache-Control', 'no-store')
          .set('Content-Disposition', 'attachment; filename="audit-events.csv"')
          .type('text/csv; charset=utf-8');
        await sendLines(auditCsv(await read.stream(query), hospitalTime.format), response);
      },
    }),
  ];
}
