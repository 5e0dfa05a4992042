import { openToAll, route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import { textIn } from '../shared/localized-text.ts';
import type { DepartmentSchemas } from './department.schema.ts';
import type { Department } from './department.ts';
import type { FindDepartment } from './find-department.ts';
import type { ListDepartments } from './list-departments.ts';
import type { SaveDepartment } from './save-department.ts';

/** What the routes need from outside. */
export interface DepartmentRoutesDeps {
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly schemas: DepartmentSchemas;
  readonly listDepartments: ListDepartments;
  readonly findDepartment: FindDepartment;
  readonly saveDepartment: SaveDepartment;
}

/** The JSON API of departments. */
export function createDepartmentRoutes(deps: DepartmentRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/departments',
      guard: openToAll,
      summary: 'Code and name of every active department, in the negotiated language.',
      handle: async ({ locale }, response) => {
        const departments = await deps.listDepartments();
        response.json({ items: departments.map(({ code, name }) => ({ code, name: textIn(name, locale) })) });
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/departments/:code',
      guard: deps.guard('department.manage'),
      summary: 'One department, active or not, with its names and the recipients of its scorecard.',
      params: deps.schemas.params,
      handle: async ({ params }, response) => {
        const department = await deps.findDepartment(params['code'] ?? '');
        if (!department) throw new DomainError('not-found', 'department_not_found', 'No such department.');
        response.json(department);
      },
    }),
    route<Omit<Department, 'code'>>({
      method: 'put',
      path: '/api/v1/departments/:code',
      guard: deps.guard('department.manage'),
      summary: 'Adds or changes a department; a new name takes force today and earlier days keep theirs.',
      params: deps.schemas.params,
      body: deps.schemas.body,
      handle: async ({ params, body, principal, requestId }, response) => {
        const department = { ...body, code: params['code'] ?? '' };
        const actor = principal?.accountId ?? 'anonymous';
        const outcome = await deps.saveDepartment(department, { actor, requestId });
        response.status(outcome === 'new' ? 201 : 200).json(department);
      },
    }),
  ];
}
