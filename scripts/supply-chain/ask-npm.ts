import { spawn } from 'node:child_process';
import { projectRoot } from '../../src/shared/project-root.node.ts';

/** What npm printed on its standard output; empty when it could not be started or did not end in time. */
export function askNpm(args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('npm', [...args], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.once('error', () => resolve(''));
    child.once('close', (code) => resolve(code === null ? '' : Buffer.concat(parts).toString('utf8')));
  });
}
