import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import type { Department } from '../departments/department.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import type { ImportRoster } from './import-roster.ts';
import { rosterReportAnswer } from './roster-answer.schema.ts';
import { rosterRows } from './roster-rows.ts';
import type { RosterCells } from './roster-rows.ts';
import { rosterQuery } from './roster.schema.ts';
import type { RosterQuery } from './roster.schema.ts';
import type { RosterSheetKey } from './roster-sheets.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const maxBytes = 2 * 1024 * 1024;

/** What the routes need from outside. */
export interface RosterRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly importRoster: ImportRoster;
  readonly storedDepartments: () => Promise<readonly Department[]>;
  readonly storedStaff: () => Promise<readonly StaffMember[]>;
  readonly writeWorkbook: (rows: Readonly<Record<RosterSheetKey, readonly RosterCells[]>>) => Promise<Buffer>;
}

/** The template of departments and staff, and its import. */
export function createRosterRoutes(deps: RosterRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/departments/template.xlsx',
      guard: deps.guard('department.manage'),
      summary:
        'The workbook that imports departments, nursing units, recipients and staff, filled with what is stored.',
      responses: { 200: xlsx },
      exports: true,
      handle: async (_input, response) => {
        const rows = rosterRows(await deps.storedDepartments(), await deps.storedStaff());
        const workbook = await deps.writeWorkbook(rows);
        response
          .set('Cache-Control', 'no-store')
          .set('Content-Disposition', 'attachment; filename="departments-and-staff.xlsx"')
          .type(xlsx)
          .send(workbook);
      },
    }),
    route<Buffer, RosterQuery>({
      method: 'post',
      path: '/api/v1/departments/imports',
      guard: deps.guard('department.manage'),
      summary:
        'Imports that workbook; tells of every row what became, or with `dryRun=true` would become, of it.',
      rawBody: { types: [xlsx], maxBytes },
      query: rosterQuery,
      responses: { 200: rosterReportAnswer },
      handle: async ({ body, query, principal, requestId, locale }, response) => {
        const by = { actor: principal?.accountId ?? '', requestId, locale };
        response.json(await deps.importRoster(body, { ...by, dryRun: query.dryRun }));
      },
    }),
  ];
}
