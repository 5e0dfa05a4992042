import type { Request } from 'express';
import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';

/** A machine client whose key works. */
export interface Machine {
  readonly principal: Principal;
  /** Notes that it came to a route with this action, and whether the route's guard let it in. */
  readonly noteUse: (action: string, allowed: boolean) => Promise<void>;
}

/** What `http/` needs to know about API keys; the slice of API keys provides it. */
export interface MachineGate {
  /** Who a key belongs to. Throws `api_key_invalid` (unauthenticated) or `too_many_api_key_failures` (too-many). */
  readonly identify: (sent: {
    readonly token: string;
    readonly address: string;
    readonly requestId: string;
  }) => Promise<Machine>;
}

/** Lets no key in: for a listener that the hospital's own systems do not use. */
export const closedMachines: MachineGate = {
  identify: () => {
    throw new DomainError('unauthenticated', 'api_key_invalid', 'The API key does not open anything.');
  },
};

/**
 * What follows `Authorization: Bearer`, `''` when nothing does; null for a request without it. Such a request reads no session,
 * whatever cookie comes with it.
 */
export function bearerOf({ headers }: Pick<Request, 'headers'>): string | null {
  const found = /^bearer(?: +(.*))?$/i.exec(headers.authorization?.trim() ?? '');
  return found ? (found[1] ?? '') : null;
}
