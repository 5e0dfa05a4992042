import { openToAll } from './route.ts';
import type { Route } from './route.ts';

/** A request that changes something, or carries data away, and who makes it. */
export interface WatchedRequest {
  readonly actor: string;
  /** The line of the route table, such as `POST /api/v1/deliveries/:id/resend`: never an address, which may hold an identity. */
  readonly line: string;
  readonly exports: boolean;
  readonly requestId: string;
}

/** Notes that a person who is logged in was refused at a line; never rejects. */
export type NoteRefusal = (refused: Omit<WatchedRequest, 'exports'>) => Promise<void>;

/** Answers a watched request; `refused` tells afterwards whether the answer was a refusal. */
export type WatchRequest = (
  watched: WatchedRequest,
  answer: () => Promise<void>,
  refused: () => boolean,
) => Promise<void>;

/**
 * Whether every request to a route is watched: what staff and machines change, and what they export. Not what is open to all:
 * a patient's answer is nobody's doing, and a login tells of itself.
 */
export function isWatched({ guard, method, heartbeat, exports }: Route): boolean {
  if (guard === openToAll || heartbeat) return false;
  return method !== 'get' || exports === true;
}
