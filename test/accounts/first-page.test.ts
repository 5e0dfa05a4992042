import { describe, expect, test } from '@jest/globals';
import { firstPageOf } from '../../src/accounts/staff-links.ts';
import { roles } from '../../src/shared/principal.ts';
import type { Principal, Role } from '../../src/shared/principal.ts';

const holding = (...held: Role[]): Principal => ({
  accountId: 'a1',
  username: 'zhang',
  displayName: '张',
  roles: held.map((role) => ({ role, departments: 'all' })),
  mustChangePassword: false,
  passwordExpired: false,
});

describe('where a person’s day begins', () => {
  test('each role on its own begins with its own page', () => {
    const pages = Object.fromEntries(roles.map((role) => [role, firstPageOf(holding(role))]));

    expect(pages).toMatchObject({
      admin: '/admin/accounts',
      office: '/home',
      director: '/scorecards',
      head: '/scorecards',
      nurse: '/worklist',
      caller: '/worklist',
      'call-supervisor': '/worklist',
      'duty-doctor': '/red-flags',
    });
  });

  test('who holds several roles, or must change the password first, begins at home', () => {
    expect(firstPageOf(holding('head', 'nurse'))).toBe('/home');
    expect(firstPageOf({ ...holding('nurse'), mustChangePassword: true })).toBe('/home');
    expect(firstPageOf(holding())).toBe('/home');
  });
});
