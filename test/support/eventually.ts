import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `check` returns something other than undefined, null or false and returns it; throws with the last error (or
 * `what`) after `limitMs` (default 10 s).
 */
export async function eventually<T>(
  what: string,
  check: () => T | Promise<T>,
  limitMs = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + limitMs;
  let lastError: unknown;
  do {
    try {
      const found = await check();
      if (found !== undefined && found !== null && found !== false) {
        return found as NonNullable<Exclude<T, false>>;
      }
    } catch (error) {
      lastError = error;
    }
    await pause(20);
  } while (performance.now() < deadline);
  throw new Error(`Not within ${String(limitMs)} ms: ${what}`, { cause: lastError });
}
