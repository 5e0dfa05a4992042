import type { Connection } from 'mongoose';
import type { MachineGate } from '../http/machine-gate.ts';
import type { Route } from '../http/route.ts';
import { actionsOfScopes } from './scope.ts';
import { apiKeyName } from './api-key.ts';
import { createApiKeyPages } from './api-key.pages.ts';
import type { ApiKeyPagesDeps } from './api-key.pages.ts';
import { createApiKeyRoutes } from './api-key.routes.ts';
import { createApiKeyStore } from './api-key.store.ts';
import { newToken, sameHash, tokenHash, tokenId } from './api-key-token.crypto.ts';
import { createAuthenticateKey } from './authenticate-key.ts';
import { createBearerFailureStore } from './bearer-failure.store.ts';
import { createCreateApiKey } from './create-api-key.ts';
import type { CreateApiKeyDeps } from './create-api-key.ts';
import { createNoteKeyUse } from './note-key-use.ts';
import { createReplaceApiKey } from './replace-api-key.ts';
import { createRevokeApiKey } from './revoke-api-key.ts';

/** What the slice needs from outside. */
export type ApiKeysDeps = Omit<
  ApiKeyPagesDeps & CreateApiKeyDeps,
  'keys' | 'createApiKey' | 'replaceApiKey' | 'revokeApiKey' | 'newToken' | 'tokenHash'
> & { readonly connection: Connection };

/** The slice: keys of machine clients. */
export interface ApiKeysSlice {
  /** Judges the keys that come with requests. */
  readonly machines: MachineGate;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds the slice. Defines the collections `apiKeys` and `bearerFailures`. */
export function wireApiKeys(deps: ApiKeysDeps): ApiKeysSlice {
  const keys = createApiKeyStore(deps.connection);
  const failures = createBearerFailureStore(deps.connection);
  const shared = { ...deps, keys, failures, newToken, tokenId, tokenHash, sameHash };
  const authenticate = createAuthenticateKey(shared);
  const noteUse = createNoteKeyUse(shared);
  const createApiKey = createCreateApiKey(shared);
  const served = {
    ...shared,
    createApiKey,
    replaceApiKey: createReplaceApiKey({ ...shared, createApiKey }),
    revokeApiKey: createRevokeApiKey(shared),
  };
  return {
    machines: {
      identify: async ({ token, address, requestId }) => {
        const key = await authenticate({ token, address, requestId });
        const accountId = apiKeyName(key.id);
        const machine = { actions: actionsOfScopes(key.scopes) };
        return {
          principal: {
            accountId,
            username: accountId,
            displayName: key.name,
            roles: [],
            mustChangePassword: false,
            machine,
          },
          noteUse: (action, allowed) => noteUse(key, { action, allowed, address, requestId }),
        };
      },
    },
    routes: createApiKeyRoutes(served),
    pages: createApiKeyPages(served),
  };
}
