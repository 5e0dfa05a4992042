import { openToAll, route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { textIn } from '../shared/localized-text.ts';
import type { SavedBy } from './change-department.ts';
import { departmentAnswer, departmentListAnswer } from './department-answer.schema.ts';
import type { DepartmentOverview, FindDepartmentOverview } from './department-overview.ts';
import type { Merge } from './department-record.ts';
import type { DepartmentBody, DepartmentSchemas } from './department.schema.ts';
import type { ListDepartments } from './list-departments.ts';
import type { MergeDepartment, UnmergeDepartment } from './merge-department.ts';
import type { RenameDepartment, Renaming } from './rename-department.ts';
import type { SaveDepartment } from './save-department.ts';

/** What changes departments. */
export interface DepartmentUseCases {
  readonly findOverview: FindDepartmentOverview;
  readonly saveDepartment: SaveDepartment;
  readonly renameDepartment: RenameDepartment;
  readonly mergeDepartment: MergeDepartment;
  readonly unmergeDepartment: UnmergeDepartment;
}

/** What the routes need from outside. */
export interface DepartmentRoutesDeps extends DepartmentUseCases {
  readonly guard: (action: string) => Guard;
  readonly schemas: DepartmentSchemas;
  readonly listDepartments: ListDepartments;
}

/** Who asks, for the audit trail and for the language of faults. */
export function changedBy({ principal, requestId, locale }: RouteInput): SavedBy {
  return { actor: principal?.accountId ?? 'anonymous', requestId, locale };
}

const codeOf = ({ params }: RouteInput): string => params['code'] ?? '';

function createReadingRoutes(deps: DepartmentRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/departments',
      guard: openToAll,
      side: 'both',
      summary: 'Code and name of every active department, in the negotiated language.',
      responses: { 200: departmentListAnswer },
      handle: async ({ locale }, response) => {
        const departments = await deps.listDepartments();
        response.json({ items: departments.map(({ code, name }) => ({ code, name: textIn(name, locale) })) });
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/departments/:code',
      guard: deps.guard('department.read'),
      summary:
        'One department, open or not, with its history, nursing units and the recipients of its scorecard.',
      params: deps.schemas.params,
      responses: { 200: departmentAnswer },
      handle: async (input, response) => {
        response.json(await deps.findOverview(codeOf(input)));
      },
    }),
  ];
}

function createChangingRoutes(deps: DepartmentRoutesDeps): readonly Route[] {
  const { schemas, findOverview } = deps;
  const responses = { 200: departmentAnswer };
  const shared = { guard: deps.guard('department.manage'), params: schemas.params, responses };
  const answer = (input: RouteInput): Promise<DepartmentOverview> => findOverview(codeOf(input));
  return [
    route<DepartmentBody>({
      ...shared,
      method: 'put',
      path: '/api/v1/departments/:code',
      summary: 'Adds or changes a department; details left out stay, a new name takes force today.',
      body: schemas.body,
      responses: { ...responses, 201: departmentAnswer },
      handle: async (input, response) => {
        const outcome = await deps.saveDepartment({ ...input.body, code: codeOf(input) }, changedBy(input));
        response.status(outcome === 'new' ? 201 : 200).json(await answer(input));
      },
    }),
    route<Renaming>({
      ...shared,
      method: 'post',
      path: '/api/v1/departments/:code/rename',
      summary: 'Gives a department another name from a day on; earlier days keep theirs.',
      body: schemas.renaming,
      handle: async (input, response) => {
        await deps.renameDepartment(codeOf(input), input.body, changedBy(input));
        response.json(await answer(input));
      },
    }),
    route<Merge>({
      ...shared,
      method: 'post',
      path: '/api/v1/departments/:code/merge',
      summary: 'Closes a department on a day; from then on what comes for it goes to the other.',
      body: schemas.merge,
      handle: async (input, response) => {
        await deps.mergeDepartment(codeOf(input), input.body, changedBy(input));
        response.json(await answer(input));
      },
    }),
    route({
      ...shared,
      method: 'delete',
      path: '/api/v1/departments/:code/merge',
      summary: 'Undoes a merger: the department is open again.',
      handle: async (input, response) => {
        await deps.unmergeDepartment(codeOf(input), changedBy(input));
        response.json(await answer(input));
      },
    }),
  ];
}

/** The JSON API of departments. */
export function createDepartmentRoutes(deps: DepartmentRoutesDeps): readonly Route[] {
  return [...createReadingRoutes(deps), ...createChangingRoutes(deps)];
}
