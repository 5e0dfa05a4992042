import { describe, expect, test } from '@jest/globals';
import {
  actionsOfScope,
  actionsOfScopes,
  isScope,
  scopes,
  scopesOfAction,
} from '../../src/api-keys/scope.ts';
import { actions, may, visibleDepartments } from '../../src/accounts/policy.ts';
import type { Principal } from '../../src/shared/principal.ts';

const machine = (...held: string[]): Principal => ({
  accountId: 'api-key/one',
  username: 'api-key/one',
  displayName: 'HIS',
  roles: [],
  mustChangePassword: false,
  machine: { actions: actionsOfScopes(held) },
});

/** What a person decides, or what shows who a patient is or what was said in confidence. */
const neverOfMachines = [
  'session.own',
  'account.manage',
  'api-key.manage',
  'department.manage',
  'operation.switch',
  'calendar.manage',
  'import.manage',
  'import.read',
  'follow-up-call.work',
  'red-flag.read',
  'red-flag.handle',
  'survey-response.read',
  'survey-response.import',
  'late-answer.read',
  'scorecard.close',
  'scorecard.revise',
  'delivery.resend',
  'contact.handle',
  'consent.manage',
  'comment.release',
  'confidential-answer.read',
  'erasure.manage',
  'retention.read',
  'audit.read',
  'mailbox.read',
];

describe('scopes', () => {
  test('give these actions of the policy and no other: a new action is nobody’s until somebody decides', () => {
    const given = actions.filter((action) => scopesOfAction(action).length > 0);

    expect(given.toSorted()).toEqual([
      'delivery.read',
      'department.read',
      'discharge.write',
      'scorecard.read',
      'staff-member.manage',
      'staff-member.read',
      'survey-response.enter',
    ]);
  });

  test.each(scopes)(
    '%s gives its actions for every department and the hospital, and nothing else',
    (scope) => {
      const key = machine(scope);
      const own: readonly string[] = actionsOfScope[scope];

      for (const action of actions) {
        expect([action, may(key, action)]).toEqual([action, own.includes(action)]);
        expect(may(key, action, { departmentCode: 'surgery' })).toBe(own.includes(action));
        expect(may(key, action, { departmentCode: 'hospital' })).toBe(own.includes(action));
        expect(visibleDepartments(key, action)).toEqual(own.includes(action) ? 'all' : []);
      }
    },
  );

  test('several scopes give what each of them gives', () => {
    const key = machine('discharges:write', 'scorecards:read');

    expect(actions.filter((action) => may(key, action))).toEqual(['discharge.write', 'scorecard.read']);
  });

  test('a stored scope that exists no longer gives nothing, whatever it is called', () => {
    const key = machine('everything:write', 'toString', '__proto__', 'constructor', '');

    expect(actions.filter((action) => may(key, action))).toEqual([]);
    expect(isScope('toString')).toBe(false);
  });

  test('a key with all scopes still has no session, no account and no key to manage', () => {
    const key = machine(...scopes);

    expect(neverOfMachines.filter((action) => may(key, action))).toEqual([]);
  });
});
