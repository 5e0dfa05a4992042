import type { Connection } from 'mongoose';
import { createConsentStore } from './consent.store.ts';
import type { ConsentStore } from './consent.store.ts';

/** The ledger of what persons agreed to and refused. */
export function wireConsents(deps: { readonly connection: Connection }): ConsentStore {
  return createConsentStore(deps.connection);
}
