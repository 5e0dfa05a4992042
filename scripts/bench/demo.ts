import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const limitMs = 300_000;

/** Seconds from spawning the very first start of an evaluation, as `npm start` does, to what it prints once all stands. */
export async function benchDemo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-demo-'));
  const startedAt = performance.now();
  const main = join(projectRoot(), 'dist/src/main.js');
  const service = spawn(process.execPath, ['--enable-source-maps', main], {
    cwd: projectRoot(),
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const late = setTimeout(() => service.kill('SIGTERM'), limitMs);
  const ended = once(service, 'exit');
  try {
    let said = '';
    const stands = new Promise((resolve) => {
      service.stdout.on('data', (part) => {
        said += String(part);
        if (said.includes('ready at')) resolve(null);
      });
    });
    await Promise.race([stands, ended]);
    if (!said.includes('ready at')) throw new Error('The service ended before its demonstration stood.');
    const took = (performance.now() - startedAt) / 1000;
    const load = (loadavg()[0] ?? 0).toFixed(1);
    console.log(
      `the demonstration hospital: ${took.toFixed(1)} s from the first start to ready (bar 20), load ${load}`,
    );
  } finally {
    clearTimeout(late);
    service.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
