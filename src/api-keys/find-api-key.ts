import { DomainError } from '../shared/domain-error.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';

/** The key of an id. Throws `api_key_not_found` (not-found). */
export async function findApiKey(keys: Pick<ApiKeyStore, 'find'>, id: string): Promise<ApiKey> {
  const key = await keys.find(id);
  if (key === null) throw new DomainError('not-found', 'api_key_not_found', 'There is no such API key.');
  return key;
}
