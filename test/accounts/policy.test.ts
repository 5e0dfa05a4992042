import { describe, expect, test } from '@jest/globals';
import { guardFor } from '../../src/accounts/guard.ts';
import {
  actions,
  departmentRoles,
  divisibleRoles,
  may,
  rolesInForce,
  visibleDepartments,
} from '../../src/accounts/policy.ts';
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

/** own: for the own departments only; all: for every department and the hospital as a whole. A role not named may never. */
type Reach = 'all' | 'own';
const everybody: Readonly<Partial<Record<Role, Reach>>> = Object.fromEntries(
  roles.map((role) => [role, 'all']),
);
const table: Readonly<Record<Action, Readonly<Partial<Record<Role, Reach>>>>> = {
  'session.own': everybody,
  'account.manage': { admin: 'all' },
  'department.manage': { admin: 'all' },
  'department.read': { admin: 'all', office: 'all' },
  'staff-member.manage': { admin: 'all' },
  'staff-member.read': { admin: 'all', office: 'all' },
  'calendar.manage': { admin: 'all', office: 'all' },
  'operation.switch': { admin: 'all', office: 'all' },
  'discharge.write': { admin: 'all', office: 'all' },
  'import.manage': { admin: 'all', office: 'all' },
  'import.read': { admin: 'all', office: 'all', 'call-supervisor': 'all' },
  'follow-up-call.work': { office: 'all', nurse: 'own', caller: 'all', 'call-supervisor': 'all' },
  'red-flag.read': { 'call-supervisor': 'all', 'duty-doctor': 'all' },
  'red-flag.handle': { 'duty-doctor': 'all' },
  'survey-response.enter': { office: 'all', clerk: 'all' },
  'survey-response.read': { office: 'all' },
  'survey-response.import': { office: 'all' },
  'scorecard.read': { office: 'all', director: 'all', head: 'own' },
  'late-answer.read': { office: 'all', director: 'all' },
  'scorecard.close': { office: 'all' },
  'scorecard.revise': { office: 'all' },
  'delivery.read': { office: 'all' },
  'delivery.resend': { office: 'all' },
  'contact.handle': { office: 'all' },
  'consent.manage': { office: 'all' },
  'comment.release': { office: 'all' },
  'confidential-answer.read': { ethics: 'all' },
  'erasure.manage': { office: 'all' },
  'retention.read': { admin: 'all', office: 'all' },
  'api-key.manage': { admin: 'all' },
  'audit.read': { auditor: 'all' },
  'mailbox.read': { admin: 'all' },
};

const bound = new Set<Role>(departmentRoles);
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
        own: reach !== undefined,
        other: reach === 'all',
        hospital: reach === 'all',
        list: reach !== undefined,
      });
    },
  );

  test('nobody may do what the table does not name', () => {
    const all = holding(...roles.map((role): RoleAssignment => ({ role, departments: 'all' })));

    expect(['', 'scorecard', 'toString', '__proto__'].map((action) => may(all, action))).toEqual([
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

  test.each(divisibleRoles)('%s is cut to the departments it is bound to', (role) => {
    const person = holding({ role, departments: ['cardiology'] });
    const granted = actions.filter((action) => action !== 'session.own' && may(person, action));

    expect(granted.length).toBeGreaterThan(0);
    for (const action of granted) {
      expect(visibleDepartments(person, action)).toEqual(['cardiology']);
      expect(may(person, action, { departmentCode: 'orthopaedics' })).toBe(false);
      expect(may(person, action, { departmentCode: 'hospital' })).toBe(false);
    }
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

const held = (from?: string, until?: string): RoleAssignment => ({
  role: 'office',
  departments: 'all',
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
});

describe('roles in force', () => {
  test.each([
    [undefined, undefined, true],
    ['2026-11-10', undefined, true],
    ['2026-11-11', undefined, false],
    [undefined, '2026-11-10', true],
    [undefined, '2026-11-09', false],
    ['2026-11-10', '2026-11-10', true],
    ['2026-11-01', '2026-11-30', true],
  ])('from %s until %s on 2026-11-10: %s', (from, until, inForce) => {
    expect(rolesInForce([held(from, until)], '2026-11-10')).toHaveLength(inForce ? 1 : 0);
  });

  test('of two terms of one role the one that lasts counts, with its own departments', () => {
    const given: readonly RoleAssignment[] = [
      { role: 'head', departments: ['cardiology'], until: '2026-10-31' },
      { role: 'head', departments: ['orthopaedics'], from: '2026-11-01' },
    ];

    expect(rolesInForce(given, '2026-10-31')).toEqual([{ role: 'head', departments: ['cardiology'] }]);
    expect(rolesInForce(given, '2026-11-01')).toEqual([{ role: 'head', departments: ['orthopaedics'] }]);
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
