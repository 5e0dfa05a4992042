import type { Request } from 'express';
import { csrfSync } from 'csrf-sync';
import { isSameOrigin } from './same-origin.ts';

/** The synchronizer token of a session. Its functions need a request whose session has been loaded. */
export interface Csrf {
  /** Puts a new token into the session and gives it. */
  readonly renew: (request: Request) => string;
  readonly tokenOf: (request: Request) => string | null;
  /** Whether the request carries the token (field `_csrf` or header `x-csrf-token`) and comes from our own pages. */
  readonly isValid: (request: Request) => boolean;
}

function sentToken(request: Request): string | undefined {
  const header = request.get('x-csrf-token');
  if (header !== undefined) return header;
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || !('_csrf' in body)) return undefined;
  return typeof body._csrf === 'string' ? body._csrf : undefined;
}

/** Tokens of 256 bits, one a session. */
export function createCsrf(): Csrf {
  const { generateToken, isRequestValid, getTokenFromState } = csrfSync({
    getTokenFromRequest: sentToken,
    size: 32,
  });
  return {
    renew: (request) => generateToken(request, true),
    tokenOf: (request) => getTokenFromState(request) ?? null,
    isValid: (request) => isSameOrigin(request) && isRequestValid(request),
  };
}
