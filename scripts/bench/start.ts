import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { freePort } from './child-server.ts';
import { median } from './median.ts';

const starts = 5;
const pollMs = 5;
const limitMs = 60_000;

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function untilReady(service: ChildProcess, url: string, startedAt: number): Promise<number> {
  while (!(await isReady(url))) {
    if (service.exitCode !== null) throw new Error('The service ended before it was ready.');
    if (performance.now() - startedAt > limitMs) throw new Error('The service is not ready after a minute.');
    await wait(pollMs);
  }
  return performance.now() - startedAt;
}

/** Milliseconds from spawning the service as `npm start` does, on its embedded engine, to the first 200 of /readyz. */
async function startOnce(dataFolder: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const service = spawn(process.execPath, ['--enable-source-maps', join(projectRoot(), 'dist/src/main.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataFolder,
      DEMO: 'false',
      DEPARTMENTS_FILE: 'config/departments.sample.json',
    },
    cwd: projectRoot(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(service, 'exit');
  try {
    return await untilReady(service, `http://127.0.0.1:${port}/readyz`, startedAt);
  } finally {
    service.kill('SIGTERM');
    await ended;
  }
}

/** Starts the service on a data folder that a first start has prepared. */
export async function benchStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const first = await startOnce(folder);
    const times: number[] = [];
    for (let n = 0; n < starts; n += 1) times.push(await startOnce(folder));
    const all = times.map((ms) => ms.toFixed(0)).join(' ');
    const load = (loadavg()[0] ?? 0).toFixed(1);
    console.log(`first start, which prepares the data folder: ${first.toFixed(0)} ms`);
    console.log(`start to ready: median ${median(times).toFixed(0)} ms [${all}] (bar 3000), load ${load}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
