import type { mongo } from 'mongoose';
import { retryUntil } from './retry.ts';

type Client = Pick<mongo.MongoClient, 'on' | 'close' | 'connect'>;

/** How long a heartbeat, or making a connection, may take before it counts as lost, in ms; an awaited heartbeat is answered late on purpose. */
export interface HeartbeatLimits {
  readonly plainMs: number;
  readonly awaitedMs: number;
}

const made = (event: { readonly address: string; readonly connectionId: number | '<monitor>' }): string =>
  `${event.address}#${event.connectionId}`;

/**
 * Starts a client again one of whose first writes on a connection has been lost. A server that dies in the moment between the
 * driver's connecting and its first write leaves that write waiting for ever, without any time limit: a lost heartbeat means
 * that the driver never looks for the server again, a lost connection that its pool makes no more of them, and every
 * operation would fail until the process ends. A client that was closed never connects by itself again, so the new
 * beginning is tried, `retryMs` (default 500) after the last try, until the server is there. Gives the function that ends
 * the watching.
 */
export function restartOnLostHeartbeat(client: Client, limits: HeartbeatLimits, retryMs = 500): () => void {
  const stopping = new AbortController();
  // By server, as the members of a replica set are asked each on their own, and by connection being made.
  const timers = new Map<string, NodeJS.Timeout>();
  const settled = (what: string): void => {
    clearTimeout(timers.get(what));
    timers.delete(what);
  };
  const settleAll = (): void => {
    for (const what of timers.keys()) settled(what);
  };
  let restarting = false;
  const restart = async (): Promise<void> => {
    settleAll();
    // What is lost during a new beginning makes it fail, and it is tried again anyhow.
    if (restarting) return;
    restarting = true;
    await retryUntil(
      () => beginAnew(client),
      () => true,
      { waitMs: retryMs, signal: stopping.signal },
    );
    restarting = false;
  };
  const begun = (what: string, limitMs: number): void => {
    settled(what);
    if (stopping.signal.aborted) return;
    // When this process stood still itself, what has arrived meanwhile is read first.
    const late = (): unknown => setImmediate(() => (timers.get(what) === timer ? void restart() : undefined));
    const timer = setTimeout(late, limitMs).unref();
    timers.set(what, timer);
  };
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) =>
    begun(connectionId, awaited ? limits.awaitedMs : limits.plainMs),
  );
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => settled(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => settled(connectionId));
  client.on('connectionCreated', (event) => begun(made(event), limits.plainMs));
  client.on('connectionReady', (event) => settled(made(event)));
  client.on('connectionClosed', (event) => settled(made(event)));
  return () => {
    stopping.abort();
    settleAll();
  };
}

async function beginAnew(client: Client): Promise<void> {
  await client.close();
  await client.connect();
}
