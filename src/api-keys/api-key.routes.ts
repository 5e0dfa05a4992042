import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { stateOf } from './api-key.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';
import { apiKeyBody, apiKeyParams, apiKeysAnswer, createdApiKeyAnswer } from './api-key.schema.ts';
import type { ApiKeyBody } from './api-key.schema.ts';
import type { CreateApiKey, KeyActor } from './create-api-key.ts';
import type { ReplaceApiKey } from './replace-api-key.ts';
import type { RevokeApiKey } from './revoke-api-key.ts';

/** What the routes need. */
export interface ApiKeyRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly keys: Pick<ApiKeyStore, 'list'>;
  readonly createApiKey: CreateApiKey;
  readonly replaceApiKey: ReplaceApiKey;
  readonly revokeApiKey: RevokeApiKey;
  readonly clock: Clock;
}

/** Keys that are listed; more than any hospital has. */
export const listed = 500;

/** Who makes or ends a key, from the request. */
export function keyActorOf({ principal, requestId, locale }: RouteInput): KeyActor {
  const { accountId = 'anonymous', displayName = '' } = principal ?? {};
  return { accountId, displayName, requestId, locale };
}

function summaryOf(key: ApiKey, now: Date): object {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    state: stateOf(key, now),
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdByName,
    expiresOn: key.expiresOn,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: key.lastUsedFrom,
  };
}

/** API keys, as JSON, for administrators. */
export function createApiKeyRoutes(deps: ApiKeyRoutesDeps): readonly Route[] {
  const guard = deps.guard('api-key.manage');
  const path = '/api/v1/api-keys';
  const made = { responses: { 201: createdApiKeyAnswer } };
  return [
    route({
      method: 'get',
      path,
      guard,
      summary: 'All API keys, also those that work no longer, the newest first; never the keys themselves.',
      responses: { 200: apiKeysAnswer },
      handle: async (_input, response) => {
        const now = deps.clock.now();
        response.json({ items: (await deps.keys.list(listed)).map((key) => summaryOf(key, now)) });
      },
    }),
    route<ApiKeyBody>({
      method: 'post',
      path,
      guard,
      summary: 'Makes an API key and gives it this once; without expiresOn it works for a year.',
      body: apiKeyBody,
      ...made,
      handle: async (input, response) => {
        const { key, token } = await deps.createApiKey(input.body, keyActorOf(input));
        response.status(201).json({ key: summaryOf(key, deps.clock.now()), token });
      },
    }),
    route({
      method: 'post',
      path: `${path}/:keyId/replacement`,
      guard,
      summary: 'Makes a key with the same name and scopes; the old one works for seven days more at most.',
      params: apiKeyParams,
      ...made,
      handle: async (input, response) => {
        const { key, token } = await deps.replaceApiKey(input.params['keyId'] ?? '', keyActorOf(input));
        response.status(201).json({ key: summaryOf(key, deps.clock.now()), token });
      },
    }),
    route({
      method: 'delete',
      path: `${path}/:keyId`,
      guard,
      summary: 'Revokes an API key at once and for good.',
      params: apiKeyParams,
      responses: { 204: null },
      handle: async (input, response) => {
        await deps.revokeApiKey(input.params['keyId'] ?? '', keyActorOf(input));
        response.status(204).end();
      },
    }),
  ];
}
