import { wireAuditor } from './audit/audit.wiring.ts';
import { wireAccounts } from './accounts/accounts.wiring.ts';
import type { Accounts } from './accounts/accounts.wiring.ts';
import { createPasswordHasher } from './accounts/password.argon2.ts';
import { randomIndex } from './accounts/random-index.crypto.ts';
import { wireApiKeys } from './api-keys/api-keys.wiring.ts';
import type { ApiKeysSlice } from './api-keys/api-keys.wiring.ts';
import type { DepartmentsSlice } from './departments/departments.wiring.ts';
import { createCsrf } from './http/csrf.csrf-sync.ts';
import { createSessionGate } from './http/session.express-session.ts';
import type { Common, Parts } from './parts.ts';
import { contentHash } from './shared/content-hash.crypto.ts';
import { accountSettings, sessionSettings } from './settings.ts';

/** Who may come in: people with accounts, machines with API keys. */
export interface Entry extends Accounts {
  readonly machines: ApiKeysSlice['machines'];
}

/** Accounts, sessions, API keys, and the gates in front of every route. */
export function composeAccounts(
  { config, secrets, staffBaseUrl }: Parts,
  common: Common,
  departments: DepartmentsSlice,
): Entry {
  const { adminPassword } = config.secrets;
  const apiKeys = wireApiKeys({ ...common, lifetime: config.apiKeys });
  const accounts = wireAccounts({
    ...common,
    listDepartments: () => departments.listDepartments({ includeInactive: true }),
    randomIndex,
    hasher: createPasswordHasher(),
    hashKey: contentHash,
    ...accountSettings(config),
    ...(adminPassword === null ? {} : { initialPassword: adminPassword }),
    createGate: (sessions) =>
      createSessionGate({
        ...sessions,
        secret: secrets.session,
        secure: staffBaseUrl.startsWith('https:'),
        ...sessionSettings(config),
        clock: common.clock,
        csrf: createCsrf(),
        hashId: contentHash,
      }),
  });
  const auditor = wireAuditor({ ...common, listAccounts: accounts.listAccounts });
  return {
    ...accounts,
    machines: apiKeys.machines,
    routes: [...accounts.routes, ...apiKeys.routes, ...auditor.routes],
    pages: [...accounts.pages, ...apiKeys.pages, ...auditor.pages],
  };
}
