import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Guard, RawBody, Route, RouteInput } from '../http/route.ts';
import type { AssignDepartment } from './assign-department.ts';
import type { DepartmentAliasStore } from './department-alias.store.ts';
import { templateCsv } from './discharge-template.ts';
import type { ImportAnswers } from './import-answers.ts';
import type { ImportDischarges } from './import-discharges.ts';
import type { ImportReport } from './import-report.ts';
import { aliasAnswer, aliasesAnswer, importReportAnswer } from './import-answer.schema.ts';
import { aliasBody, answersQuery, importQuery } from './import.schema.ts';
import type { DischargeColumns } from './import-settings.schema.ts';
import { maxFileBytes } from './table.ts';

/** What the routes need. */
export interface ImportRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly importDischarges: ImportDischarges;
  readonly importAnswers: ImportAnswers;
  readonly aliases: Pick<DepartmentAliasStore, 'list'>;
  readonly assignDepartment: AssignDepartment;
  readonly settings: DischargeColumns;
}

type DryRun = { readonly dryRun: boolean };
type Mapping = { readonly name: string; readonly departmentCode: string | null };

/** CSV by its usual names, and XLSX. */
const fileBody: RawBody = {
  types: [
    'text/csv',
    'application/csv',
    'text/plain',
    'application/vnd.ms-excel',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/octet-stream',
  ],
  maxBytes: maxFileBytes,
};

function aliasRoutes(deps: ImportRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/department-aliases',
      guard: deps.guard('import.manage'),
      summary: 'Names of departments in other systems and what they are mapped to, those to be mapped first.',
      responses: { 200: aliasesAnswer },
      handle: async (_input, response) => {
        const aliases = await deps.aliases.list();
        response.json({
          items: aliases.map(({ name, departmentCode }) => ({ name, departmentCode })),
        });
      },
    }),
    route<Mapping>({
      method: 'put',
      path: '/api/v1/department-aliases',
      guard: deps.guard('import.manage'),
      summary: 'Maps a department’s name in another system; departmentCode null takes the mapping away.',
      body: aliasBody,
      responses: { 200: aliasAnswer },
      handle: async ({ body, principal, requestId }, response) => {
        await deps.assignDepartment(body, { actor: principal?.accountId ?? 'anonymous', requestId });
        response.json(body);
      },
    }),
  ];
}

/** The routes of imports. */
export function createImportRoutes(deps: ImportRoutesDeps): readonly Route[] {
  return [
    ...aliasRoutes(deps),
    route<Buffer, DryRun>({
      method: 'post',
      path: '/api/v1/discharges/imports',
      guard: deps.guard('discharge.write'),
      summary:
        'Imports discharges from CSV (UTF-8 or GB18030) or XLSX, at most 20,000 rows; with dryRun, the default, only tells what would happen.',
      query: importQuery,
      rawBody: fileBody,
      responses: { 200: importReportAnswer },
      handle: (input, response) => answer(deps.importDischarges, input, response),
    }),
    route<Buffer, DryRun & { readonly system: string }>({
      method: 'post',
      path: '/api/v1/survey-responses/imports',
      guard: deps.guard('survey-response.import'),
      summary:
        'Imports answers of an older system, which has a mapping onto a form, from CSV or XLSX; dryRun is the default.',
      query: answersQuery,
      rawBody: fileBody,
      responses: { 200: importReportAnswer },
      handle: (input, response) =>
        answer((request) => deps.importAnswers({ ...request, system: input.query.system }), input, response),
    }),
    route({
      method: 'get',
      path: '/api/v1/discharges/imports/template.csv',
      guard: deps.guard('discharge.write'),
      summary: 'An empty file of discharges with its header and one example.',
      responses: { 200: 'text/csv' },
      handle: (_input, response) => {
        response
          .set('Content-Disposition', 'attachment; filename="discharges.csv"')
          .type('text/csv; charset=utf-8')
          .send(templateCsv(deps.settings));
      },
    }),
  ];
}

async function answer(
  importFile: (request: Parameters<ImportDischarges>[0]) => Promise<ImportReport>,
  input: RouteInput<Buffer, DryRun>,
  response: Response,
): Promise<void> {
  const { body: bytes, query, principal, locale, requestId } = input;
  const report = await importFile({
    bytes,
    dryRun: query.dryRun,
    actor: principal?.accountId ?? 'anonymous',
    actorName: principal?.displayName ?? '',
    locale,
    requestId,
  });
  response.json(report);
}
