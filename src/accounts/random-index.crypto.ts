import { randomInt } from 'node:crypto';

/** A fair, unguessable index from 0 to `size` − 1. */
export function randomIndex(size: number): number {
  return randomInt(size);
}
