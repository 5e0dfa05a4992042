import type { Route } from '../http/route.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallCollection } from './follow-up-call-collection.store.ts';
import { createHandleRedFlag } from './handle-red-flag.ts';
import type { HandleRedFlagDeps } from './handle-red-flag.ts';
import { createListRedFlags } from './list-red-flags.ts';
import type { ListRedFlagsDeps } from './list-red-flags.ts';
import { createRedFlagPages } from './red-flag.pages.ts';
import type { RedFlagPagesDeps } from './red-flag.pages.ts';
import { createRedFlagRoutes } from './red-flag.routes.ts';
import { createRedFlagStore } from './red-flag.store.ts';

type MadeHere = 'redFlags' | 'listRedFlags' | 'handleRedFlag' | 'formatTime';

/** Builds what is done about red flags over the collection of calls. */
export function wireRedFlags(
  collection: CallCollection,
  given: Omit<ListRedFlagsDeps & HandleRedFlagDeps & RedFlagPagesDeps, MadeHere> & {
    readonly hospitalTime: Pick<HospitalTime, 'format'>;
  },
): { readonly routes: readonly Route[]; readonly pages: readonly Route[] } {
  const redFlags = createRedFlagStore(collection);
  const deps = {
    ...given,
    formatTime: given.hospitalTime.format,
    listRedFlags: createListRedFlags({ ...given, redFlags }),
    handleRedFlag: createHandleRedFlag({ ...given, redFlags }),
  };
  return { routes: createRedFlagRoutes(deps), pages: createRedFlagPages(deps) };
}
