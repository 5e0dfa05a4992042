import type { Connection } from 'mongoose';
import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { createCurrentOperation } from './current-operation.ts';
import type { CurrentOperation } from './current-operation.ts';
import type { OperatingMode } from './operating-mode.ts';
import { createOperationPages } from './operation.pages.ts';
import type { OperationPagesDeps } from './operation.pages.ts';
import { createOperationRoutes } from './operation.routes.ts';
import { createOperationStore } from './operation.store.ts';
import type { OperationStore } from './operation.store.ts';
import { createSwitchOperatingMode } from './switch-operating-mode.ts';
import type { SwitchOperatingMode, SwitchOperatingModeDeps } from './switch-operating-mode.ts';

/** The mode itself, needed before any page: everything that stamps or shows it asks here. */
export interface OperationState extends CurrentOperation {
  readonly store: OperationStore;
  /** At start, after the indexes: notes the mode of the first start, `live` where there is data already, then loads what is in force. */
  readonly begin: (hasData: () => Promise<boolean>) => Promise<void>;
}

/** Builds the mode on a database. */
export function wireOperationState(deps: {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  /** Mode of a service that starts on an empty database. */
  readonly startsIn: OperatingMode;
}): OperationState {
  const store = createOperationStore(deps.connection);
  const current = createCurrentOperation({ ...deps, store });
  return {
    ...current,
    store,
    begin: async (hasData) => {
      if ((await store.read()).length === 0) {
        const mode = (await hasData()) ? 'live' : deps.startsIn;
        await store.begin({ mode, at: deps.clock.now(), by: 'system', byName: '' });
      }
      await current.reload();
    },
  };
}

/** The slice's API and page. */
export interface OperationSlice {
  readonly switchOperatingMode: SwitchOperatingMode;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds the API and the page over the mode. */
export function wireOperation(
  deps: Omit<SwitchOperatingModeDeps, 'store' | 'current'> &
    Omit<OperationPagesDeps, 'current' | 'switchOperatingMode'> & { readonly operation: OperationState },
): OperationSlice {
  const { operation } = deps;
  const switchOperatingMode = createSwitchOperatingMode({
    ...deps,
    store: operation.store,
    current: operation,
  });
  const served = { ...deps, current: operation, switchOperatingMode };
  return {
    switchOperatingMode,
    routes: createOperationRoutes(served),
    pages: createOperationPages(served),
  };
}
