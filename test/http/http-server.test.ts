import { afterEach, describe, expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
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
