import type { mongo } from 'mongoose';

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
 * operation would fail until the process ends. Gives the function that ends the watching.
 */
export function restartOnLostHeartbeat(client: Client, limits: HeartbeatLimits): () => void {
  // By server, as the members of a replica set are asked each on their own, and by connection being made.
  const timers = new Map<string, NodeJS.Timeout>();
  const settled = (what: string): void => {
    clearTimeout(timers.get(what));
    timers.delete(what);
  };
  const stop = (): void => {
    for (const what of timers.keys()) settled(what);
  };
  // A server that is still away is no failure of the new beginning, which is watched like any other.
  const restart = (): void => {
    stop();
    void client
      .close()
      .then(() => client.connect())
      .catch(() => undefined);
  };
  const begun = (what: string, limitMs: number): void => {
    settled(what);
    timers.set(what, setTimeout(restart, limitMs).unref());
  };
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) =>
    begun(connectionId, awaited ? limits.awaitedMs : limits.plainMs),
  );
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => settled(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => settled(connectionId));
  client.on('connectionCreated', (event) => begun(made(event), limits.plainMs));
  client.on('connectionReady', (event) => settled(made(event)));
  client.on('connectionClosed', (event) => settled(made(event)));
  return stop;
}
