/** How to go on after a failure: the wait in ms, and the signal that ends it all. */
export interface RetryOptions {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Runs `attempt` until it succeeds, waiting between two runs, as long as `isWorthIt` says so of its error; resolves early
 * when the signal aborts. Rejects with the first error that is not worth another run.
 */
export async function retryUntil(
  attempt: () => Promise<void>,
  isWorthIt: (error: unknown) => boolean,
  options: RetryOptions,
): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (options.signal.aborted) return;
      if (!isWorthIt(error)) throw error;
      await pause(options.waitMs, options.signal);
    }
  }
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
