import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { openDatabase } from '../../src/database/connect.ts';
import { engineFile, socketFolder } from '../../src/database/engine-folder.node.ts';
import { findRunningEngine } from '../../src/database/running-engine.net.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { eventually } from './eventually.ts';

/** How a process ended: its exit code, or the signal that ended it. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process of the built product, as an operator starts it. */
export interface BuiltProcess {
  readonly pid: number;
  /** What it has written so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves when it has ended and all its output is read. */
  readonly ended: Promise<ProcessEnd>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Whether it has not ended yet. */
  readonly running: () => boolean;
}

/** A process of the service; it has a port of its own. */
export interface ServiceProcess extends BuiltProcess {
  readonly port: number;
  readonly baseUrl: string;
  /** Resolves when `/readyz` answers 200; rejects with what the process said when it ends before. */
  readonly ready: () => Promise<void>;
  /** SIGTERM, and the end it comes to. */
  readonly stop: () => Promise<ProcessEnd>;
}

/** A document as it is stored. */
export type StoredDocument = Readonly<Record<string, unknown>> & { readonly _id: string };

type Environment = Readonly<Record<string, string>>;

/** Far more than a start takes: the machine may be busy with other tests. */
const startLimitMs = 60_000;
const started = new Set<BuiltProcess>();
const folders = new Set<string>();

/** The limit of a test that starts the service more than once. */
export const severalStartsMs = 180_000;

/** A data folder that `endAll` removes. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'service-process-'));
  folders.add(folder);
  return folder;
}

/** Kills what still runs, waits for it, and removes every data folder. For `afterAll`. */
export async function endAll(): Promise<void> {
  for (const one of started) if (one.running()) one.signal('SIGKILL');
  await Promise.all([...started].map(({ ended }) => ended));
  started.clear();
  for (const folder of folders) {
    const engine = enginePid(folder);
    if (engine !== null) await endEngine(engine);
    rmSync(folder, { recursive: true, force: true });
    rmSync(socketFolder(join(folder, 'engine')), { recursive: true, force: true });
  }
  folders.clear();
}

/** An engine ends when its service does; one that a broken product left behind is killed. */
async function endEngine(pid: number): Promise<void> {
  try {
    await eventually('the engine has ended', () => !isAlive(pid));
  } catch {
    process.kill(pid, 'SIGKILL');
  }
}

/** What an evaluation of the tests begins with: departments, and nothing that was invented for a demonstration. */
const evaluationBegins: Environment = { DEMO: 'false', DEPARTMENTS_FILE: 'config/departments.sample.json' };

/** Runs a program of `dist` with little in its environment but what is given; `NODE_ENV` unset is the evaluation. */
export function startBuilt(program: string, env: Environment, args: readonly string[] = []): BuiltProcess {
  const file = join(projectRoot(), 'dist', program);
  if (!existsSync(file)) throw new Error(`dist/${program} is missing: run "npm run build" first.`);
  const begins = env['NODE_ENV'] === undefined ? evaluationBegins : { DEMO: 'false' };
  const child = spawn(process.execPath, [file, ...args], {
    cwd: projectRoot(),
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...begins, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let end: ProcessEnd | null = null;
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const built: BuiltProcess = {
    pid: child.pid ?? 0,
    output: () => output,
    errors: () => errors,
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => {
        end = { code, signal };
        resolve(end);
      });
    }),
    signal: (name) => void child.kill(name),
    running: () => end === null,
  };
  started.add(built);
  return built;
}

/** Starts the service on a free port of 127.0.0.1. */
export async function startServiceProcess(env: Environment): Promise<ServiceProcess> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const built = startBuilt('src/main.js', { HOST: '127.0.0.1', PORT: String(port), ...env });
  const baseUrl = `http://127.0.0.1:${String(port)}`;
  return {
    ...built,
    port,
    baseUrl,
    ready: async () => {
      const settled = async (): Promise<boolean> =>
        !built.running() || (await statusOf(`${baseUrl}/readyz`)) === 200;
      await eventually('/readyz answers 200, or the process has ended', settled, startLimitMs);
      if (!built.running()) throw new Error(`The service ended: ${built.errors()}`);
    },
    stop: () => {
      built.signal('SIGTERM');
      return built.ended;
    },
  };
}

/** The status an address answers; null while nobody listens there. */
export async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** The process of the embedded engine on a data folder, as the service announced it; null when there is none. */
export function enginePid(folder: string): number | null {
  const file = engineFile(join(folder, 'engine'));
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;
}

/** Opens the database of a running service's embedded engine for a moment. */
export async function onDatabaseOf<T>(folder: string, work: (at: Connection) => Promise<T>): Promise<T> {
  const uri = await findRunningEngine(join(folder, 'engine'));
  if (uri === null) throw new Error('No engine runs on this data folder.');
  return onDatabase({ uri, dbName: 'patient_satisfaction' }, work);
}

/** Opens a database for a moment. */
export async function onDatabase<T>(
  address: { readonly uri: string; readonly dbName: string },
  work: (at: Connection) => Promise<T>,
): Promise<T> {
  const database = openDatabase(address);
  try {
    await database.connected();
    return await work(database.connection);
  } finally {
    await database.close();
  }
}

/** A collection as the running service's embedded engine holds it. */
export function storedBy(folder: string, collection: string): Promise<readonly StoredDocument[]> {
  return onDatabaseOf(folder, async (connection) => {
    const found = await connection.collection(collection).find({}).toArray();
    return found as unknown as readonly StoredDocument[];
  });
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
