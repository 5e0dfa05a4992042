import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  /** Takes no new work, finishes what runs, then closes; after `graceMs` what is left is cut. */
  readonly stop: (graceMs: number) => Promise<void>;
}

const faults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: stop the other program, or set PORT to another port',
  EACCES: 'may not be opened by this user: set PORT to a port from 1024 on',
  EADDRNOTAVAIL: 'cannot be opened: this machine has no such address; set HOST to one of its own',
};

function sentenceFor(error: NodeJS.ErrnoException, port: number, host: string | undefined): Error {
  const fault = faults[error.code ?? ''] ?? `cannot be opened (${error.code ?? 'unknown error'})`;
  const where = host === undefined ? `The port ${port}` : `The port ${port} of ${host}`;
  return Object.assign(new Error(`${where} ${fault}.`, { cause: error }), { code: error.code });
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(sentenceFor(error, port, host));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

/** A keep-alive connection would hold the shutdown: tells the client to open a new one, elsewhere. */
function endConnectionAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/** Starts serving. Rejects with one sentence and the system's code when the port cannot be opened. */
export async function startHttpServer(
  handler: RequestListener,
  options: { readonly port: number; readonly host?: string | undefined; readonly requestTimeoutMs: number },
): Promise<HttpServer> {
  let stopping = false;
  const underWay = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (stopping) endConnectionAfter(response);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
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
        for (const response of underWay) endConnectionAfter(response);
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
