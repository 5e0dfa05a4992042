/** What a person may be in the service. A person may hold several, each for some departments. */
export const roles = ['admin', 'office', 'director', 'head', 'nurse'] as const;

/** A role: 管理员, 活动办, 院领导, 科室负责人, 护士. */
export type Role = (typeof roles)[number];

/** One role a person holds. `departments: 'all'` for roles that are not bound to departments. */
export interface RoleAssignment {
  readonly role: Role;
  readonly departments: 'all' | readonly string[];
}

/** Who is asking: an account that has logged in. */
export interface Principal {
  readonly accountId: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
  /** True until the one-time password has been changed and the configuration demands it. */
  readonly mustChangePassword: boolean;
}
