import type { Request, Response } from 'express';
import type { ObjectSchema, Schema } from 'joi';
import type { Locale } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';

/** What a guard decides from who asks and what they ask for. */
export type GuardDecision = 'allowed' | 'unauthenticated' | 'forbidden';

/** Who may call a route. `name` is printed in the route table, so that access can be reviewed on one screen. */
export interface Guard {
  readonly name: string;
  readonly decide: (principal: Principal | null, params: Readonly<Record<string, string>>) => GuardDecision;
}

/** Lets everybody in: only for what patients and machines see without an account. */
export const openToAll: Guard = { name: 'open', decide: () => 'allowed' };

/** What a handler gets: validated values only, and who asks. */
export interface RouteInput<Body = unknown, Query = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly principal: Principal | null;
  /** Token a staff page puts into its forms as `_csrf`; null without a session. */
  readonly csrfToken: string | null;
  /** Language negotiated for the answer. */
  readonly locale: Locale;
  readonly requestId: string;
}

/** Who a route is for when patients and staff have listeners of their own, on the outer and the inner network. */
export type Side = 'patients' | 'staff' | 'both';

/** A file as the whole body: the content types it may have and its largest size in bytes. */
export interface RawBody {
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** What a successful answer holds, by its status: JSON of a shape, a file of a media type, or nothing (null). */
export type Answers = Readonly<Record<number, Schema | string | null>>;

/** One line of a slice's route table. A route without a guard cannot be written. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly guard: Guard;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** Shape of the body (JSON for `/api/`, urlencoded for pages), compiled once. No schema: no body is read. */
  readonly body?: ObjectSchema;
  /** Largest body in bytes; 64 KB unless a batch needs more. */
  readonly maxBodyBytes?: number;
  /** A file instead of a body with a shape: the handler gets its bytes as a `Buffer`, never empty. */
  readonly rawBody?: RawBody;
  readonly query?: ObjectSchema;
  readonly params?: ObjectSchema;
  /** Whether an unsafe request needs the session's CSRF token. Default: true unless the guard is `openToAll`. */
  readonly csrf?: boolean;
  /** The handler counts what is sent without an account itself, since only it can show a form again with what was typed. */
  readonly ownLimit?: boolean;
  /** Where it answers. Default: `patients` when it is open to all, else `staff`. */
  readonly side?: Side;
  /** On a line open to all: whether it asks who is logged in. The others read no session, whatever cookie comes with them. */
  readonly knowsPerson?: boolean;
  /** Sent by a page of its own accord: it keeps the session alive only when it succeeds. */
  readonly heartbeat?: boolean;
  /** On a line open to all: the action that allows more on it, such as entering what was said on paper. */
  readonly furtherAction?: string;
  /** Carries data away in a file: each request is in the audit trail, though it changes nothing. */
  readonly exports?: boolean;
  /** Every successful answer of an `/api/` line, by its status. */
  readonly responses?: Answers;
  handle(input: RouteInput, response: Response, request: Request): Promise<void> | void;
}

/** A route line whose handler sees the validated types its schemas promise. */
export interface TypedRoute<Body, Query> extends Omit<Route, 'handle'> {
  handle(input: RouteInput<Body, Query>, response: Response, request: Request): Promise<void> | void;
}

/** States what the schemas promise, so that the handler needs no check of its own. */
export function route<Body = unknown, Query = unknown>(definition: TypedRoute<Body, Query>): Route {
  return definition;
}

/** Where a route answers. */
export function sideOf({ side, guard }: Pick<Route, 'side' | 'guard'>): Side {
  return side ?? (guard === openToAll ? 'patients' : 'staff');
}
