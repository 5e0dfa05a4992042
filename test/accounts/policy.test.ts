import { describe, expect, test } from '@jest/globals';
import { guardFor } from '../../src/accounts/guard.ts';
import { actions, may, visibleDepartments } from '../../src/accounts/policy.ts';
import type { Action } from '../../src/accounts/policy.ts';
import { roles } from '../../src/shared/principal.ts';
import type { Principal, Role, RoleAssignment } from '../../src/shared/principal.ts';

const holding = (...held: RoleAssignment[]): Principal => ({
  accountId: 'a1',
  username: 'zhang',
  displayName: '张',
  roles: held,
  mustChangePassword: false,
});

/** yes: for every department; own: for the own department only; all: also for the hospital as a whole; no: never. */
type Reach = 'all' | 'yes' | 'own' | 'no';
const table: Readonly<Record<Action, Readonly<Record<Role, Reach>>>> = {
  'session.own': { admin: 'all', office: 'all', director: 'all', head: 'all', nurse: 'all' },
  'account.manage': { admin: 'all', office: 'no', director: 'no', head: 'no', nurse: 'no' },
  'department.manage': { admin: 'all', office: 'no', director: 'no', head: 'no', nurse: 'no' },
  'department.read': { admin: 'all', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'staff-member.manage': { admin: 'all', office: 'no', director: 'no', head: 'no', nurse: 'no' },
  'staff-member.read': { admin: 'all', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'calendar.manage': { admin: 'all', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'operation.switch': { admin: 'all', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'discharge.write': { admin: 'all', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'import.manage': { admin: 'all', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'follow-up-call.work': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'own' },
  'survey-response.enter': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'survey-response.read': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'scorecard.read': { admin: 'no', office: 'all', director: 'all', head: 'own', nurse: 'no' },
  'scorecard.close': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'scorecard.revise': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'delivery.read': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'delivery.resend': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'contact.handle': { admin: 'no', office: 'all', director: 'no', head: 'no', nurse: 'no' },
  'mailbox.read': { admin: 'all', office: 'no', director: 'no', head: 'no', nurse: 'no' },
};

const bound = new Set<Role>(['head', 'nurse']);
const typical = (role: Role): Principal =>
  holding({ role, departments: bound.has(role) ? ['cardiology'] : 'all' });

describe('who may do what', () => {
  test.each(actions.flatMap((action) => roles.map((role) => [action, role] as const)))(
    '%s by %s is as the table says, for the own department, another one, the hospital and lists',
    (action, role) => {
      const reach = table[action][role];
      const person = typical(role);

      const answers = {
        own: may(person, action, { departmentCode: 'cardiology' }),
        other: may(person, action, { departmentCode: 'orthopaedics' }),
        hospital: may(person, action, { departmentCode: 'hospital' }),
        list: may(person, action),
      };

      expect(answers).toEqual({
        own: reach !== 'no',
        other: reach === 'all',
        hospital: reach === 'all',
        list: reach !== 'no',
      });
    },
  );

  test('nobody may do what the table does not name', () => {
    const everybody = holding(...roles.map((role): RoleAssignment => ({ role, departments: 'all' })));

    expect(['', 'scorecard', 'toString', '__proto__'].map((action) => may(everybody, action))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('a head with all departments still does not see the hospital as a whole', () => {
    const head = holding({ role: 'head', departments: 'all' });

    expect(may(head, 'scorecard.read', { departmentCode: 'surgery' })).toBe(true);
    expect(may(head, 'scorecard.read', { departmentCode: 'hospital' })).toBe(false);
  });

  test('a role without any department allows nothing', () => {
    const nurse = holding({ role: 'nurse', departments: [] });

    expect(may(nurse, 'follow-up-call.work')).toBe(false);
  });

  test('departments of one role do not widen another role', () => {
    const both = holding(
      { role: 'nurse', departments: ['cardiology'] },
      { role: 'head', departments: ['orthopaedics'] },
    );

    expect(visibleDepartments(both, 'follow-up-call.work')).toEqual(['cardiology']);
    expect(visibleDepartments(both, 'scorecard.read')).toEqual(['orthopaedics']);
    expect(visibleDepartments(both, 'scorecard.close')).toEqual([]);
    expect(visibleDepartments(typical('office'), 'scorecard.read')).toBe('all');
  });
});

describe('guards', () => {
  test('a guard prints its action and the parameter that names the department', () => {
    expect(guardFor('scorecard.close').name).toBe('scorecard.close');
    expect(guardFor('scorecard.read', 'departmentCode').name).toBe('scorecard.read:departmentCode');
  });

  test('a guard asks nobody in, knows its department, and refuses when the parameter is missing', () => {
    const guard = guardFor('scorecard.read', 'departmentCode');
    const head = typical('head');

    expect(guard.decide(null, { departmentCode: 'cardiology' })).toBe('unauthenticated');
    expect(guard.decide(head, { departmentCode: 'cardiology' })).toBe('allowed');
    expect(guard.decide(head, { departmentCode: 'orthopaedics' })).toBe('forbidden');
    expect(guard.decide(head, {})).toBe('forbidden');
  });

  test('a one-time password lets a person do nothing but change it', () => {
    const fresh = { ...typical('office'), mustChangePassword: true };

    expect(() => guardFor('scorecard.close').decide(fresh, {})).toThrow(
      expect.objectContaining({ code: 'password_change_required' }),
    );
    expect(guardFor('session.own').decide(fresh, {})).toBe('allowed');
  });

  test('a guard for an action the table does not name cannot be made', () => {
    expect(() => guardFor('scorecard.destroy')).toThrow(TypeError);
  });
});
