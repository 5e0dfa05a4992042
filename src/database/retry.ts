/** How to go on after a failure: the wait in ms, and the signal that ends it all. */
export interface RetryOptions {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Runs `attempt` until it succeeds, waiting between two runs, as long as `isWorthIt` says so of its error; resolves with
 * what it gives, or early with null when the signal aborts. Rejects with the first error that is not worth another run.
 */
export async function retryUntil<T>(
  attempt: () => Promise<T>,
  isWorthIt: (error: unknown) => boolean,
  options: RetryOptions,
): Promise<T | null> {
  while (!options.signal.aborted) {
    try {
      return await attempt();
    } catch (error) {
      if (options.signal.aborted) return null;
      if (!isWorthIt(error)) throw error;
      await pause(options.waitMs, options.signal);
    }
  }
  return null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
