/** A reading in memory that is renewed for ever. */
export interface KeptFresh {
  /** Begins to renew; nothing happens when it has begun already. */
  readonly start: () => void;
  /** Renews no more. */
  readonly stop: () => void;
}

/**
 * Runs `reload` again and again, `everyMs` after the last one ended, until stopped: so a process knows what another has changed
 * without asking while somebody waits. A failed run is told to `onError` and tried again; it never keeps the process alive.
 */
export function keepFresh(deps: {
  readonly reload: () => Promise<void>;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}): KeptFresh {
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  const next = (): void => {
    if (running) timer = setTimeout(() => void run(), deps.everyMs).unref();
  };
  const run = async (): Promise<void> => {
    try {
      await deps.reload();
    } catch (error) {
      if (running) deps.onError(error);
    }
    next();
  };
  return {
    start: () => {
      if (running) return;
      running = true;
      next();
    },
    stop: () => {
      running = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
