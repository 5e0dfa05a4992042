import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A database for the trial: the embedded engine as the build stage holds it, behind a TCP port, since its own socket is open to
 * its own user only. Returns {uri, stop}.
 */
export async function startDatabase({ buildFolder, dataDir, loaderDir }) {
  const adapter = path.join(buildFolder, 'dist/src/database/embedded-engine.child-process.js');
  const { startEmbeddedEngine } = await import(pathToFileURL(adapter).href);
  const engine = await startEmbeddedEngine({ dataDir, loaderDir });
  const socketPath = decodeURIComponent(/^mongodb:\/\/([^/?]+)/u.exec(engine.uri)[1]);
  const connections = new Set();
  const server = createServer((incoming) => {
    const outgoing = createConnection(socketPath);
    for (const end of [incoming, outgoing]) {
      connections.add(end);
      end.on('error', () => undefined).once('close', () => connections.delete(end));
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    for (const end of connections) end.destroy();
    server.close();
    await engine.stop();
  };
  return { uri: `mongodb://127.0.0.1:${server.address().port}/?directConnection=true`, stop };
}

/** A port nobody listens on at this moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
