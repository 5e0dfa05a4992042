import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import type { DeactivateStaffMember } from './deactivate-staff-member.ts';
import { findStaffMember } from './find-staff-member.ts';
import type { ListStaff } from './list-staff.ts';
import type { SaveStaffMember } from './save-staff-member.ts';
import { worksOn } from './staff-member.ts';
import type { StaffMember } from './staff-member.ts';
import { staffAnswer, staffMemberAnswer } from './staff-answer.schema.ts';
import { staffBody, staffParams, staffQuery } from './staff-member.schema.ts';
import type { StaffBody, StaffQuery } from './staff-member.schema.ts';
import type { StaffStore } from './staff-member.store.ts';

/** What the routes need from outside. */
export interface StaffRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly staff: Pick<StaffStore, 'find'>;
  readonly listStaff: ListStaff;
  readonly saveStaffMember: SaveStaffMember;
  readonly deactivateStaffMember: DeactivateStaffMember;
  readonly today: () => string;
}

/** The JSON API of the 职工名册. */
export function createStaffRoutes(deps: StaffRoutesDeps): readonly Route[] {
  const shown = (member: StaffMember): object => ({ ...member, active: worksOn(member, deps.today()) });
  return [
    route<unknown, StaffQuery>({
      method: 'get',
      path: '/api/v1/staff',
      guard: deps.guard('staff-member.read'),
      summary: 'The staff register, by number, 100 a page: who works here, or with `all=true` everybody.',
      query: staffQuery,
      responses: { 200: staffAnswer },
      handle: async ({ query }, response) => {
        const { items, next } = await deps.listStaff(query);
        response.set('Cache-Control', 'no-store').json({ items: items.map(shown), next });
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/staff/:staffNumber',
      guard: deps.guard('staff-member.read'),
      summary: 'One member of staff, working here or not.',
      params: staffParams,
      responses: { 200: staffMemberAnswer },
      handle: async ({ params }, response) => {
        const member = await findStaffMember(deps.staff, params['staffNumber'] ?? '');
        response.set('Cache-Control', 'no-store').json(shown(member));
      },
    }),
    route<StaffBody>({
      method: 'put',
      path: '/api/v1/staff/:staffNumber',
      guard: deps.guard('staff-member.manage'),
      summary: 'Adds or changes a member of staff; the number never passes to somebody else.',
      params: staffParams,
      body: staffBody,
      responses: { 200: staffMemberAnswer, 201: staffMemberAnswer },
      handle: async ({ params, body, principal, requestId, locale }, response) => {
        const member = { ...body, staffNumber: params['staffNumber'] ?? '' };
        const by = { actor: principal?.accountId ?? '', requestId, locale };
        const outcome = await deps.saveStaffMember(member, by);
        response.status(outcome === 'new' ? 201 : 200).json(shown(member));
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/staff/:staffNumber/deactivate',
      guard: deps.guard('staff-member.manage'),
      summary: 'Ends the work of a member of staff today; who has left stays in the register.',
      params: staffParams,
      responses: { 200: staffMemberAnswer },
      handle: async ({ params, principal, requestId }, response) => {
        const by = { actor: principal?.accountId ?? '', requestId };
        const member = await deps.deactivateStaffMember(params['staffNumber'] ?? '', by);
        response.json(shown(member));
      },
    }),
  ];
}
