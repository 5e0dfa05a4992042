import { hash } from 'node:crypto';

/** A JSON value whose keys are sorted, so that equal contents give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** SHA-256 of the canonical JSON, lower-case hex: equal for equal contents whatever the order of their keys. */
export function contentHash(value: unknown): string {
  return hash('sha256', canonicalJson(value), 'hex');
}

/** SHA-256 of a list as JSON, lower-case hex: for lists whose order is fixed, where nothing needs sorting. */
export function listHash(list: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(list), 'hex');
}
