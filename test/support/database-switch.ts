import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { freePort } from './service-process.ts';

/** A database that can be switched off and on: a way over TCP to a server that stays. */
export interface DatabaseSwitch {
  /** The address to give to a service; nobody listens there while it is off. */
  readonly uri: string;
  readonly on: () => Promise<void>;
  /** Cuts every connection and refuses new ones. */
  readonly off: () => Promise<void>;
}

function placeOf(uri: string): { readonly path: string } | { readonly host: string; readonly port: number } {
  const place = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? '');
  if (place.endsWith('.sock')) return { path: place };
  const [host = '', port = '27017'] = place.split(':');
  return { host, port: Number(port) };
}

/** A switch before the server at `uri` (a Unix socket or `host:port`), off at first. */
export async function createDatabaseSwitch(uri: string): Promise<DatabaseSwitch> {
  const port = await freePort();
  const place = placeOf(uri);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  let server: Server | null = null;
  return {
    uri: `mongodb://127.0.0.1:${String(port)}/?directConnection=true`,
    on: async () => {
      const opened = createServer((client) => {
        const upstream = createConnection(place);
        keep(client).on('close', () => upstream.destroy());
        keep(upstream).on('close', () => client.destroy());
        client.pipe(upstream).pipe(client);
      });
      await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
      server = opened;
    },
    off: async () => {
      const closed = new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await closed;
      server = null;
    },
  };
}
