import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerToUnparsed } from './early-answer.ts';

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  /** Takes no new work, finishes what runs, then closes; after `graceMs` what is left is cut. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Bytes of all headers and the address together. */
const maxHeaderSize = 16 * 1024;
/** A reader that takes nothing for so long is cut. */
const silentMs = 300_000;

/** What listening needs. */
export interface ListenOptions {
  readonly port: number;
  readonly host?: string | undefined;
  /** Longest time a request may take to arrive, ms. */
  readonly requestTimeoutMs: number;
  /** What port and host are called in the environment, for whoever reads why it failed. */
  readonly names?: { readonly port: string; readonly host: string };
}

function faultOf(code: string | undefined, { port, host }: { port: string; host: string }): string {
  const faults: Readonly<Record<string, string>> = {
    EADDRINUSE: `is in use: stop the other program, or set ${port} to another port`,
    EACCES: `may not be opened by this user: set ${port} to a port from 1024 on`,
    EADDRNOTAVAIL: `cannot be opened: this machine has no such address; set ${host} to one of its own`,
  };
  return faults[code ?? ''] ?? `cannot be opened (${code ?? 'unknown error'})`;
}

function sentenceFor(error: NodeJS.ErrnoException, options: ListenOptions): Error {
  const { port, host, names = { port: 'PORT', host: 'HOST' } } = options;
  const where = host === undefined ? `The port ${port}` : `The port ${port} of ${host}`;
  return Object.assign(new Error(`${where} ${faultOf(error.code, names)}.`, { cause: error }), {
    code: error.code,
  });
}

function listen(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(sentenceFor(error, options));
    server.once('error', refuse);
    server.listen(options.port, options.host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

/** A keep-alive connection would hold the shutdown: tells the client to open a new one, elsewhere. */
function endConnectionAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/** Says in words why a request could not be parsed, unless an answer is already on its way. */
function answerUnparsed(error: NodeJS.ErrnoException, socket: Duplex, answering: boolean): void {
  if (socket.writable && !answering) socket.end(answerToUnparsed(error.code));
  else socket.destroy();
}

/** Starts serving. Rejects with one sentence and the system's code when the port cannot be opened. */
export async function startHttpServer(handler: RequestListener, options: ListenOptions): Promise<HttpServer> {
  const { requestTimeoutMs } = options;
  let stopping = false;
  const underWay = new Set<ServerResponse>();
  const limits = { maxHeaderSize, connectionsCheckingInterval: Math.min(requestTimeoutMs, 15_000) };
  const server = createServer(limits, (request, response) => {
    if (stopping) endConnectionAfter(response);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    handler(request, response);
  });
  server.on('clientError', (error, socket) => {
    const answering = [...underWay].some((response) => response.socket === socket && response.headersSent);
    answerUnparsed(error, socket, answering);
  });
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = Math.min(requestTimeoutMs, 15_000);
  server.timeout = silentMs;
  server.maxHeadersCount = 100;
  await listen(server, options);
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
