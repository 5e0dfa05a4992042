import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  /** Takes no new work, finishes what runs, then closes; after `graceMs` what is left is cut. */
  readonly stop: (graceMs: number) => Promise<void>;
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Starts serving. Rejects with the system's error when the port is taken. */
export async function startHttpServer(
  handler: RequestListener,
  options: { readonly port: number; readonly host?: string | undefined; readonly requestTimeoutMs: number },
): Promise<HttpServer> {
  let stopping = false;
  const server = createServer((request, response) => {
    // A keep-alive connection would hold the shutdown: tell the client to open a new one, elsewhere.
    if (stopping) response.setHeader('Connection', 'close');
    handler(request, response);
  });
  server.requestTimeout = options.requestTimeoutMs;
  server.headersTimeout = Math.min(options.requestTimeoutMs, 15_000);
  server.maxHeadersCount = 100;
  await listen(server, options.port, options.host);
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) =>
      new Promise((resolve) => {
        stopping = true;
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
