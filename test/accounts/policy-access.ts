import type { Role } from '../../src/shared/principal.ts';

/**
 * How far a role reaches on a route. `all`: every department and the hospital. `own`: the departments the role is bound to; on a
 * route whose address names none, what it shows or touches is cut to those. A role that is not named is refused.
 */
export type Reach = 'all' | 'own';

/** Who may call a route: everybody, whoever has an account, or some roles. */
export type Access = 'open' | 'logged-in' | Readonly<Partial<Record<Role, Reach>>>;

/** Lines of the table with one access. */
export const part = (access: Access, ...routes: readonly string[]): readonly (readonly [string, Access])[] =>
  routes.map((route) => [route, access]);

/** What is open to all, and what every account may. */
export const commonLines: readonly (readonly [string, Access])[] = [
  // open to all: patients, form clients, machines that watch the service, somebody logging in
  ...part(
    'open',
    'get /',
    'get /api/v1/departments',
    'get /api/v1/openapi.json',
    'get /api/v1/privacy-notices/:version',
    'get /api/v1/survey-forms/:patientGroup',
    'get /healthz',
    'get /login',
    'get /privacy',
    'get /readyz',
    'get /s/:departmentCode',
    'get /s/:departmentCode/thanks',
    'post /api/v1/sessions',
    'post /api/v1/sessions/second-step',
    'post /api/v1/survey-responses',
    'post /login',
    'post /login/code',
    'post /login/forget-names',
    'post /s/:departmentCode',
  ),
  // the own session
  ...part(
    'logged-in',
    'delete /api/v1/sessions',
    'delete /api/v1/sessions/:sessionId',
    'delete /api/v1/sessions/current',
    'get /account',
    'get /account/password',
    'get /account/two-factor',
    'get /api/v1/sessions',
    'get /api/v1/sessions/current',
    'get /api/v1/two-factor',
    'get /home',
    'post /account/password',
    'post /account/sessions/:sessionId/end',
    'post /account/sessions/end-others',
    'post /account/two-factor',
    'post /account/two-factor/recovery-codes',
    'post /account/two-factor/set-up',
    'post /account/two-factor/turn-off',
    'post /api/v1/two-factor/recovery-codes',
    'post /api/v1/two-factor/set-up',
    'post /api/v1/two-factor/turn-off',
    'put /api/v1/two-factor',
    'post /switch-person',
    'post /api/v1/accounts/current/password',
    'post /logout',
  ),
];
