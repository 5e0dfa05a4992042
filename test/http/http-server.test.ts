import { afterEach, describe, expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { connect } from 'node:net';
import type { IncomingMessage, RequestListener } from 'node:http';
import { startHttpServer } from '../../src/http/http-server.node.ts';
import type { HttpServer } from '../../src/http/http-server.node.ts';

const host = '127.0.0.1';
const agent = new Agent({ keepAlive: true });
const started: HttpServer[] = [];

async function start(handler: RequestListener): Promise<HttpServer> {
  const server = await startHttpServer(handler, { port: 0, host, requestTimeoutMs: 30_000 });
  started.push(server);
  return server;
}

function ask(server: HttpServer): Promise<{ status: number; text: string; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, connection: response.headers.connection }),
      );
    };
    get({ host, port: server.port, agent }, answered).on('error', reject);
  });
}

/** A handler that answers when told, and says when it has begun. */
function slowHandler(): { handler: RequestListener; begun: Promise<void>; finish: () => void } {
  const begun = new EventEmitter();
  const end = new EventEmitter();
  return {
    begun: once(begun, 'now').then(() => undefined),
    finish: () => end.emit('now'),
    handler: (_request, response) => {
      end.once('now', () => response.end('whole'));
      begun.emit('now');
    },
  };
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop(0)));
});

describe('a server that stops', () => {
  test('finishes the request that runs and refuses the next', async () => {
    const slow = slowHandler();
    const server = await start(slow.handler);
    const running = ask(server);
    await slow.begun;

    const stopped = server.stop(60_000);
    await expect(ask(server)).rejects.toThrow(/ECONNREFUSED/);
    slow.finish();

    expect(await running).toMatchObject({ status: 200, text: 'whole' });
    await stopped;
  });

  test('does not wait for connections that are kept alive', async () => {
    const server = await start((_request, response) => response.end('done'));
    await ask(server);

    // Far longer than the test may take: it must not be the grace that ends them.
    await expect(server.stop(60_000)).resolves.toBeUndefined();
  });

  test('cuts what runs longer than the grace', async () => {
    const slow = slowHandler();
    const server = await start(slow.handler);
    const running = ask(server);
    await slow.begun;

    const [cut] = await Promise.allSettled([running, server.stop(0)]);

    expect(cut).toMatchObject({ status: 'rejected', reason: { code: 'ECONNRESET' } });
  });

  test('may be told twice', async () => {
    const server = await start((_request, response) => response.end());

    await expect(Promise.all([server.stop(10), server.stop(10)])).resolves.toEqual([undefined, undefined]);
  });
});

test('a port that is taken is told with the system’s error', async () => {
  const other = createServer().listen(0, host);
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };

  const starting = startHttpServer(() => undefined, { port, host, requestTimeoutMs: 1000 });

  await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' });
  other.close();
});

const reading: RequestListener = (incoming, response) => {
  incoming.resume().on('end', () => response.end('whole'));
};

/** What a server says to bytes as they are, until it ends the connection. */
function sayTo(server: HttpServer, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(server.port, host, () => socket.write(bytes));
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('a request that never becomes one', () => {
  test.each([
    ['a head that does not end', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ', 408, 'request_too_slow'],
    [
      'a body that does not end',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc',
      408,
      'request_too_slow',
    ],
    [
      'a head that is too long',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_long',
    ],
    [
      'an address longer than the head may be',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      431,
      'headers_too_long',
    ],
    ['no HTTP at all', '\u0016\u0003\u0001 hello\r\n\r\n', 400, 'request_not_readable'],
    [
      'a body of two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'request_not_readable',
    ],
  ])('is ended in time and in words: %s', async (_what, bytes, status, code) => {
    const server = await startHttpServer(reading, { port: 0, host, requestTimeoutMs: 200 });
    started.push(server);

    const [head = '', body = ''] = (await sayTo(server, bytes)).split('\r\n\r\n');

    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain("Content-Security-Policy: default-src 'none'");
    expect(JSON.parse(body)).toMatchObject({
      status,
      code,
      detail: expect.stringMatching(/[\u4e00-\u9fff].*[a-z]/),
    });
  });
});
