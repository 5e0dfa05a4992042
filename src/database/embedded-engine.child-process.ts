import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../shared/project-root.node.ts';
import { engineCommand, thisMachine } from './engine-command.node.ts';
import { engineFile, socketFolder } from './engine-folder.node.ts';
import { type EngineProcess, launchEngineProcess, type ProcessEnd } from './engine-process.child-process.ts';

/** What the supervisor has to tell: for the log, and for tests that wait for it. */
export type EngineEvent =
  | ({ readonly kind: 'ended'; readonly restartInMs: number } & ProcessEnd)
  | { readonly kind: 'restarted'; readonly pid: number }
  | { readonly kind: 'restart-failed'; readonly reason: string; readonly restartInMs: number }
  | { readonly kind: 'output'; readonly line: string };

/** How to run the engine; only `dataDir` has no default. */
export interface EmbeddedEngineOptions {
  /** The directory of the database; made when it is not there. */
  readonly dataDir: string;
  /** Where the set-up put the newer C library; by default `.cache/engine-loader` of the project. */
  readonly loaderDir?: string;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Waits before a restart: the first, doubled up to the longest, in ms. */
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number };
  /** How long to wait for another engine to leave the data directory, in ms (default 5000). */
  readonly waitForLockMs?: number;
}

/** An engine that is kept running until it is stopped. */
export interface EmbeddedEngine {
  /** The address for the driver: it stays the same over restarts. The name of the database goes into `dbName`. */
  readonly uri: string;
  /** The engine's present process, or null between two of them. */
  readonly pid: () => number | null;
  /** Closes the engine and removes its file; resolves when the process has ended (≤ 10 s). Safe to call twice. */
  readonly stop: () => Promise<void>;
}

const STEADY_MS = 30_000;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 9_500;

/** Where `scripts/setup.mjs` puts the newer C library. */
export function defaultLoaderDir(): string {
  return path.join(projectRoot(), '.cache', 'engine-loader');
}

/**
 * Starts the embedded engine in a process of its own and keeps it running: when it dies it is started again after a growing
 * wait. Rejects with an Error of one sentence when it cannot start the first time. The engine ends by itself when this
 * process dies.
 */
export async function startEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { firstMs, longestMs } = options.backoff ?? { firstMs: 100, longestMs: 10_000 };
  const tell = options.onEvent ?? (() => undefined);
  const launch = launcher(options, tell);
  let running: EngineProcess | null = await launch();
  const { uri } = running;
  let stopping = false;
  let waitMs = firstMs;
  let retry: NodeJS.Timeout | undefined;
  let starting: Promise<void> = Promise.resolve();
  let steady: NodeJS.Timeout | undefined;

  const again = (say: (restartInMs: number) => void): void => {
    if (stopping) return;
    say(waitMs);
    retry = setTimeout(() => {
      starting = restart();
    }, waitMs);
    waitMs = Math.min(waitMs * 2, longestMs);
  };
  const watch = async (engine: EngineProcess): Promise<void> => {
    // A restart counts as lasting, and the waits begin anew, only once the engine has lived for a while.
    steady = setTimeout(() => (waitMs = firstMs), STEADY_MS).unref();
    const end = await engine.ended;
    clearTimeout(steady);
    running = null;
    again((restartInMs) => tell({ kind: 'ended', restartInMs, ...end }));
  };
  const restart = async (): Promise<void> => {
    try {
      running = await launch();
      void watch(running);
      tell({ kind: 'restarted', pid: running.pid });
    } catch (error) {
      again((restartInMs) => tell({ kind: 'restart-failed', reason: messageOf(error), restartInMs }));
    }
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    clearTimeout(retry);
    clearTimeout(steady);
    await starting;
    await running?.stop(STOP_LIMIT_MS);
    rmSync(engineFile(options.dataDir), { force: true });
  };
  void watch(running);
  return { uri, pid: () => running?.pid ?? null, stop };
}

function launcher(
  options: EmbeddedEngineOptions,
  tell: (event: EngineEvent) => void,
): () => Promise<EngineProcess> {
  const dataDir = path.resolve(options.dataDir);
  const host = path.join(projectRoot(), 'src', 'database', 'embedded-engine-host.mjs');
  const args = [dataDir, socketFolder(dataDir), String(options.waitForLockMs ?? 5_000)];
  return async () => {
    const command = engineCommand(thisMachine(), options.loaderDir ?? defaultLoaderDir(), host, args);
    const engine = await launchEngineProcess(command, {
      readyWithinMs: READY_LIMIT_MS,
      onOutput: (line) => tell({ kind: 'output', line }),
    });
    try {
      announce(dataDir, engine);
    } catch (error) {
      await engine.stop(STOP_LIMIT_MS);
      throw error;
    }
    return engine;
  };
}

/** Written beside and moved into place: a script never reads half of it. */
function announce(dataDir: string, { uri, socketPath, pid }: EngineProcess): void {
  const draft = `${engineFile(dataDir)}.${String(pid)}`;
  writeFileSync(draft, `${JSON.stringify({ uri, socketPath, pid })}\n`, { mode: 0o600 });
  renameSync(draft, engineFile(dataDir));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
