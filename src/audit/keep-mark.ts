import type { ChainHead } from './chained-event.ts';

/** Marks how far the chain has come, without anybody waiting for it. */
export interface KeptMark {
  /** To be called at every new head. */
  readonly note: (head: ChainHead) => void;
  /** Writes the last head now. */
  readonly flush: () => Promise<void>;
}

/** Writes the latest head at most every `everyMs`; a failure is told to `onError`, and the next head is tried again. */
export function keepMark(deps: {
  readonly write: (head: ChainHead) => Promise<void>;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}): KeptMark {
  let latest: ChainHead | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();
  const writeAfter = async (before: Promise<void>): Promise<void> => {
    await before;
    const head = latest;
    latest = null;
    if (head) await deps.write(head).catch(deps.onError);
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writeAfter(writing);
    return writing;
  };
  return {
    note: (head) => {
      latest = head;
      timer ??= setTimeout(() => void flush(), deps.everyMs).unref();
    },
    flush,
  };
}
