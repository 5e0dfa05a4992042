import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A server in a process of its own. */
export interface ChildServer {
  readonly base: string;
  readonly stop: () => Promise<void>;
}

/** Starts a script that prints its address on standard output, and waits for it. */
export function startChildServer(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ChildServer> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  };
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const found = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(text);
      if (!found) return;
      // From here on the log is thrown away unread: reading it must not be part of what is measured.
      child.stdout.off('data', read).resume();
      resolve({ base: found[0], stop });
    };
    child.stdout.on('data', read);
    void ended.then(() => reject(new Error(`${file} ended before it named its address:\n${text}`)));
  });
}

/** A port of 127.0.0.1 that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
