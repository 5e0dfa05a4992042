import { randomBytes, randomUUID } from 'node:crypto';

/** Random names: `newId` a UUID, `newSecret` 128 bits as 22 URL-safe characters. */
export interface Ids {
  readonly newId: () => string;
  readonly newSecret: () => string;
}

/** Names from the machine's random source. */
export const randomIds: Ids = {
  newId: () => randomUUID(),
  newSecret: () => randomBytes(16).toString('base64url'),
};
