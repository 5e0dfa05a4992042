import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { isDatabaseUnavailable, isDuplicateKey, isRefusedLogin } from '../../src/database/database-error.ts';

function named(name: string, more: object = {}): Error {
  return Object.assign(new Error('x'), { name, ...more });
}

describe('an error of the database', () => {
  test.each([
    'MongoServerSelectionError',
    'MongooseServerSelectionError',
    'MongoNetworkError',
    'MongoNetworkTimeoutError',
    'MongoPoolClearedError',
    'MongoWaitQueueTimeoutError',
    'MongoOperationTimeoutError',
    'MongoTopologyClosedError',
    'MongoNotConnectedError',
    'MongoClientClosedError',
  ])('%s says that the database is away', (name) => {
    expect(isDatabaseUnavailable(named(name))).toBe(true);
  });

  test('a primary that steps down, or a majority that does not confirm, is the database being away', () => {
    expect(isDatabaseUnavailable(named('MongoServerError', { code: 189 }))).toBe(true);
    expect(isDatabaseUnavailable(named('MongoWriteConcernError', { code: 64 }))).toBe(true);
  });

  test.each(['write EPIPE', 'read ECONNRESET'])(
    '%s, which the driver lets through as it is, is the database being away',
    (message) => {
      expect(isDatabaseUnavailable(Object.assign(new Error(message), { code: 'EPIPE' }))).toBe(true);
    },
  );

  test('what Node says when a command is written to a socket that has just gone is the database being away', async () => {
    const server = createServer((peer) => peer.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const faultOfWriting = async (end: (socket: Socket) => Promise<unknown>): Promise<unknown> => {
      const socket = connect(port, '127.0.0.1')
        .resume()
        .on('error', () => null);
      await once(socket, 'connect');
      await end(socket);
      return new Promise((resolve) => socket.write('command', resolve));
    };
    const faults = [
      await faultOfWriting((socket) => once(socket, 'end')),
      await faultOfWriting((socket) => once(socket.destroy(), 'close')),
    ];
    server.close();

    expect(faults.map((fault) => (fault as NodeJS.ErrnoException).code)).toEqual([
      'EPIPE',
      'ERR_STREAM_DESTROYED',
    ]);
    expect(faults.map((fault) => isDatabaseUnavailable(fault))).toEqual([true, true]);
  });

  test('its cause is looked at, and a circle of causes ends', () => {
    expect(isDatabaseUnavailable(new Error('x', { cause: named('MongoNetworkError') }))).toBe(true);
    const circle = new Error('x');
    circle.cause = circle;
    expect(isDatabaseUnavailable(circle)).toBe(false);
  });

  test('a duplicate key is not the database being away, and the code alone, without the name, says nothing', () => {
    const duplicate = named('MongoServerError', { code: 11_000 });
    expect([isDuplicateKey(duplicate), isDatabaseUnavailable(duplicate)]).toEqual([true, false]);
    expect(isDuplicateKey(named('MongoBulkWriteError', { code: 11_000 }))).toBe(true);
    expect(isDuplicateKey(named('SomeError', { code: 11_000 }))).toBe(false);
    expect(isDatabaseUnavailable(named('SomeError', { code: 91 }))).toBe(false);
  });

  test('a refused login is known as one', () => {
    expect(isRefusedLogin(named('MongoServerError', { code: 18 }))).toBe(true);
    expect(isRefusedLogin(named('MongoServerError', { code: 13 }))).toBe(false);
  });

  test.each([undefined, null, 'MongoNetworkError', 42, {}, new Error('MongoNetworkError')])(
    'anything else is neither: %p',
    (value) => {
      expect([isDatabaseUnavailable(value), isDuplicateKey(value)]).toEqual([false, false]);
    },
  );
});
