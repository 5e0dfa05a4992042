import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { stat } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { mongo } from 'mongoose';
import { restartOnLostHeartbeat } from '../../src/database/lost-heartbeat.ts';
import { eventually } from '../support/eventually.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const address = 'mongodb.hospital.example:27017';

const serverUri = process.env['TEST_MONGODB_URI'] ?? '';

/** A road to the real server that can be closed and opened again. */
async function road(): Promise<{ uri: string; close: () => void; open: () => void }> {
  const socketPath = decodeURIComponent(new URL(serverUri).host);
  let isOpen = true;
  const proxy = createServer((near) => {
    const far = createConnection(socketPath);
    for (const one of [near, far]) one.on('error', () => undefined);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    if (isOpen) near.pipe(far).pipe(near);
    else near.destroy();
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  cleanups.push(() => void proxy.close());
  const at = proxy.address();
  const port = at !== null && typeof at === 'object' ? at.port : 0;
  return {
    uri: `mongodb://127.0.0.1:${String(port)}/?directConnection=true`,
    close: () => (isOpen = false),
    open: () => (isOpen = true),
  };
}

/** A client of the real server, watched, with how often it has begun anew. */
async function watchedClient(
  uri = serverUri,
): Promise<{ client: mongo.MongoClient; beginnings: () => number }> {
  // How long a beginning without a server lasts; with one, also on a busy machine, it is there well before.
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 3_000 });
  let beginnings = 0;
  client.on('topologyOpening', () => (beginnings += 1));
  await client.connect();
  cleanups.push(() => client.close());
  cleanups.push(restartOnLostHeartbeat(client, { plainMs: 1_500, awaitedMs: 30_000 }, 50));
  return { client, beginnings: () => beginnings };
}

/** An event as the driver tells it, as far as it is looked at. */
const told = <Event>(fields: Partial<Event>): Event => fields as Event;

function begin(client: mongo.MongoClient, connectionId: string, awaited = false): void {
  client.emit('serverHeartbeatStarted', told<mongo.ServerHeartbeatStartedEvent>({ connectionId, awaited }));
}

describe('a client whose heartbeat is lost', () => {
  test('begins anew and works again, the same object', async () => {
    const { client, beginnings } = await watchedClient();

    begin(client, address);

    await eventually('it has begun anew', () => beginnings() >= 2);
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test('begins anew again and again while the server is away, and works once it is back', async () => {
    const { uri, close, open } = await road();
    const { client, beginnings } = await watchedClient(uri);

    close();
    begin(client, address);
    await eventually('several beginnings have failed', () => beginnings() >= 4, 20_000);
    open();

    const answer = await eventually('it works again', () => client.db('admin').command({ ping: 1 }));
    expect(answer).toMatchObject({ ok: 1 });
  });

  test('is left alone when this process stood still while the answer was waiting to be read', async () => {
    const { client, beginnings } = await watchedClient();
    const answered = once(client, 'serverHeartbeatSucceeded');

    begin(client, address);
    stat(import.meta.filename, () => {
      client.emit(
        'serverHeartbeatSucceeded',
        told<mongo.ServerHeartbeatSucceededEvent>({ connectionId: address }),
      );
    });
    const end = performance.now() + 2_000;
    while (performance.now() < end);
    await answered;

    expect(beginnings()).toBe(1);
  });

  test('is left alone when the heartbeat is answered, or failed, or may take its time', async () => {
    const { client, beginnings } = await watchedClient();
    const control = await watchedClient();

    begin(client, `1.${address}`);
    client.emit(
      'serverHeartbeatSucceeded',
      told<mongo.ServerHeartbeatSucceededEvent>({ connectionId: `1.${address}` }),
    );
    begin(client, `2.${address}`);
    client.emit(
      'serverHeartbeatFailed',
      told<mongo.ServerHeartbeatFailedEvent>({ connectionId: `2.${address}` }),
    );
    begin(client, `3.${address}`, true);
    begin(control.client, address);

    // Begun later and lost: by the time it shows, the others would have shown, too.
    await eventually('the other client has begun anew', () => control.beginnings() >= 2);
    expect(beginnings()).toBe(1);
  });
});
