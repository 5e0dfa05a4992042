import type { Request, RequestHandler } from 'express';
import type { Principal } from '../shared/principal.ts';

/** What `http/` needs to know about sessions; the accounts slice and the session adapter provide it. */
export interface SessionGate {
  /** Loads the session when the request brings a session cookie; without one it touches no database. */
  readonly middleware: RequestHandler;
  /** This request was no activity of a person: its session ends when it would have ended without it. */
  readonly leaveIdle: (request: Request) => void;
  /** Who is logged in, with roles as they are now; null when nobody is. */
  readonly principalOf: (request: Request) => Promise<Principal | null>;
  /** The token forms of this session must send back; null without a session. */
  readonly csrfTokenOf: (request: Request) => string | null;
  /** Whether the request carries its session's token (`_csrf` field or `x-csrf-token` header). */
  readonly csrfValid: (request: Request) => boolean;
}

/** The gate of the patients' own listener: nobody is ever logged in there, whatever cookie comes. */
export const closedGate: SessionGate = {
  middleware: (_request, _response, next) => next(),
  leaveIdle: () => undefined,
  principalOf: () => Promise.resolve(null),
  csrfTokenOf: () => null,
  csrfValid: () => false,
};
