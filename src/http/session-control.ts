import type { Request, Response } from 'express';

/** What a session remembers of who began it. */
export interface SessionOwner {
  readonly accountId: string;
  /** Version of the credentials the session was begun with. */
  readonly credentialVersion: number;
}

/** Beginning and ending the session of a request. */
export interface SessionControl {
  /**
   * Begins a session under a new id (whatever cookie came with the request) and sets its cookie. Resolves with the CSRF token
   * once the session is stored. Throws `cross_site_request` (forbidden) when the browser says that another site sent the
   * request, and `https_required` (forbidden) when a secure cookie is due on a plain connection.
   */
  readonly begin: (request: Request, response: Response, owner: SessionOwner) => Promise<string>;
  /** Name of the request's session among those of its account: a one-way hash, no key to it. Null without a session. */
  readonly idOf: (request: Request) => string | null;
  /** Ends the request's session, if any, and removes its cookie. */
  readonly end: (request: Request, response: Response) => Promise<void>;
}
