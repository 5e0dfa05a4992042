import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type EmbeddedEngine,
  type EmbeddedEngineOptions,
  type EngineEvent,
  startEmbeddedEngine,
} from '../../src/database/embedded-engine.child-process.ts';
import { engineFile, socketFolder } from '../../src/database/engine-folder.node.ts';
import { findRunningEngine } from '../../src/database/running-engine.net.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { eventually } from '../support/eventually.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function emptyDataDir(): string {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'patient-sat-engine-'));
  cleanups.push(() => {
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(socketFolder(dataDir), { recursive: true, force: true });
  });
  return dataDir;
}

async function start(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const engine = await startEmbeddedEngine({ backoff: { firstMs: 10, longestMs: 50 }, ...options });
  cleanups.push(engine.stop);
  return engine;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A process of its own that runs an engine, as the service does. */
function startParent(dataDir: string): ChildProcess {
  const program = path.join(projectRoot(), 'test', 'support', 'engine-parent.ts');
  const parent = spawn(process.execPath, ['--import', 'tsx', program, dataDir], { stdio: 'ignore' });
  cleanups.push(() => {
    parent.kill('SIGKILL');
  });
  return parent;
}

function enginePid(dataDir: string): number | null {
  if (!existsSync(engineFile(dataDir))) return null;
  const { pid } = JSON.parse(readFileSync(engineFile(dataDir), 'utf8')) as { pid: number };
  return pid;
}

describe('the embedded engine', () => {
  test('refuses a second one on the same data directory, in one sentence, and leaves the first at work', async () => {
    const dataDir = emptyDataDir();
    const first = await start({ dataDir });

    const second = startEmbeddedEngine({ dataDir, waitForLockMs: 0 });

    await expect(second).rejects.toThrow(
      /is in use by another running engine: stop the other service, or set DATA_DIR/u,
    );
    expect(await findRunningEngine(dataDir)).toBe(first.uri);
  });

  test('is found by scripts while it runs and not after it was stopped', async () => {
    const dataDir = emptyDataDir();
    expect(await findRunningEngine(dataDir)).toBeNull();

    const engine = await start({ dataDir });
    expect(await findRunningEngine(dataDir)).toBe(engine.uri);

    await engine.stop();
    expect(await findRunningEngine(dataDir)).toBeNull();
    expect([engineFile(dataDir), socketFolder(dataDir)].filter((left) => existsSync(left))).toEqual([]);
  });

  test('keeps its address over a restart, and clears the socket folder of the killed one', async () => {
    const dataDir = emptyDataDir();
    const events: EngineEvent[] = [];
    const engine = await start({ dataDir, onEvent: (event) => events.push(event) });
    const before = engine.pid() ?? 0;

    process.kill(before, 'SIGKILL');
    await eventually('the engine runs again', () => events.some((event) => event.kind === 'restarted'));

    expect(events).toContainEqual({ kind: 'ended', code: null, signal: 'SIGKILL', restartInMs: 10 });
    expect(engine.pid()).not.toBe(before);
    expect(await findRunningEngine(dataDir)).toBe(engine.uri);
    const folders = readdirSync(socketFolder(dataDir)).filter((name) => name.startsWith('embedded-mongodb-'));
    expect(folders).toHaveLength(1);
  });

  test('goes on trying while someone else holds the data directory, and is back when it is free', async () => {
    const dataDir = emptyDataDir();
    const events: EngineEvent[] = [];
    const engine = await start({
      dataDir,
      waitForLockMs: 0,
      backoff: { firstMs: 1_500, longestMs: 1_500 },
      onEvent: (event) => events.push(event),
    });

    process.kill(engine.pid() ?? 0, 'SIGKILL');
    const other = await start({ dataDir });
    await eventually('a refused restart', () => events.some((event) => event.kind === 'restart-failed'));
    await other.stop();
    await eventually('the engine runs again', () => events.some((event) => event.kind === 'restarted'));

    expect(await findRunningEngine(dataDir)).toBe(engine.uri);
  });

  test('ends when the process that started it is killed, and the next one opens the same directory', async () => {
    const dataDir = emptyDataDir();
    const parent = startParent(dataDir);
    const pid = await eventually('the engine runs', () => enginePid(dataDir));

    parent.kill('SIGKILL');

    await eventually('the engine is gone', () => !isAlive(pid));
    const next = await start({ dataDir });
    expect(await findRunningEngine(dataDir)).toBe(next.uri);
  });
});
