import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { engineFile } from './engine-folder.node.ts';

/**
 * The address of the engine that a running service keeps on this data directory, so that a script works on the same data;
 * null when none is running, also when a killed one left its file behind. Never rejects.
 */
export async function findRunningEngine(dataDir: string): Promise<string | null> {
  const found = readEngineFile(dataDir);
  if (found === null) return null;
  return (await accepts(found.socketPath)) ? found.uri : null;
}

function readEngineFile(dataDir: string): { uri: string; socketPath: string } | null {
  try {
    const found: unknown = JSON.parse(readFileSync(engineFile(dataDir), 'utf8'));
    if (typeof found !== 'object' || found === null) return null;
    const { uri, socketPath } = found as { uri?: unknown; socketPath?: unknown };
    return typeof uri === 'string' && typeof socketPath === 'string' ? { uri, socketPath } : null;
  } catch {
    return null;
  }
}

const ANSWER_LIMIT_MS = 1_000;

function accepts(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath);
    const settle = (isThere: boolean) => (): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(ANSWER_LIMIT_MS, settle(false));
    socket.once('connect', settle(true));
    socket.once('error', settle(false));
  });
}
