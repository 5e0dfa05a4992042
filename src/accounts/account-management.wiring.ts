import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { createAccountFormPages } from './account-form.pages.ts';
import { createAccountPages, createShowAccounts } from './account.pages.ts';
import type { AccountPageDeps } from './account.pages.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import { createAccountRoutes } from './account.routes.ts';
import { createChangeAccount } from './change-account.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { createDisableAccount, createEnableAccount } from './disable-account.ts';
import type { DisableAccountDeps } from './disable-account.ts';
import { createKeepAdministrator } from './keep-administrator.ts';

type MadeHere = 'changeAccount' | 'disableAccount' | 'enableAccount' | 'today' | 'formatTime';

/** What managing accounts is handed. */
export type AccountManagementDeps = Omit<AccountPageDeps, MadeHere> &
  Omit<ChangeAccountDeps & DisableAccountDeps, 'keepAdministrator'> & {
    readonly changes: AccountChangeStore;
    readonly clock: Clock;
    readonly hospitalTime: Pick<HospitalTime, 'dateOf' | 'format'>;
    readonly newId: () => string;
  };

/** Builds what administrators do with accounts: list, open, change, disable, enable, reset. */
export function wireAccountManagement(deps: AccountManagementDeps): {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
} {
  const today = (): string => deps.hospitalTime.dateOf(deps.clock.now());
  const changing = { ...deps, keepAdministrator: createKeepAdministrator({ ...deps, today }) };
  const pages = {
    ...deps,
    today,
    formatTime: deps.hospitalTime.format,
    changeAccount: createChangeAccount(changing),
    disableAccount: createDisableAccount(changing),
    enableAccount: createEnableAccount(changing),
  };
  return {
    routes: createAccountRoutes(pages),
    pages: [...createAccountPages(pages), ...createAccountFormPages(pages, createShowAccounts(pages))],
  };
}
