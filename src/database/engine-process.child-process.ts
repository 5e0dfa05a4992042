import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Command } from './engine-command.node.ts';

/** How a process ended: its exit code, or the signal that ended it. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One engine process that is ready. */
export interface EngineProcess {
  readonly uri: string;
  readonly socketPath: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Asks it to close, by the end of its standard input, and kills it after `limitMs`; resolves when it has ended. */
  readonly stop: (limitMs: number) => Promise<void>;
}

interface Limits {
  /** The longest wait for the process to say that it is ready, in ms. */
  readonly readyWithinMs: number;
  /** Receives each line the process writes to standard error. */
  readonly onOutput: (line: string) => void;
}

interface Announcement {
  readonly uri?: unknown;
  readonly socketPath?: unknown;
  readonly refused?: unknown;
}

type Child = ReturnType<typeof startChild>;

/**
 * Starts one engine process and resolves when it serves. Rejects with an Error of one sentence when it refuses, ends or is
 * not ready in time; the process is gone then. Its standard input stays open as long as this process lives: that is how it
 * notices our death.
 */
export async function launchEngineProcess(command: Command, limits: Limits): Promise<EngineProcess> {
  const child = startChild(command);
  const ended = endOf(child);
  let lastLine = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLine = line;
    limits.onOutput(line);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limits.readyWithinMs);
  try {
    const first = await Promise.race([firstLine(child), ended.then(() => undefined)]);
    const { uri, socketPath, refused } = first ?? {};
    if (typeof uri === 'string' && typeof socketPath === 'string' && child.pid !== undefined) {
      return { uri, socketPath, pid: child.pid, ended, stop: (limitMs) => stopChild(child, ended, limitMs) };
    }
    throw new Error(typeof refused === 'string' ? refused : notReady(lastLine));
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function startChild(command: Command) {
  const child = spawn(command.program, command.args, { stdio: ['pipe', 'pipe', 'pipe'] });
  // Writing to a process that has just died is no error of ours.
  child.stdin.on('error', () => undefined);
  return child;
}

function endOf(child: Child): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

function firstLine(child: Child): Promise<Announcement> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      try {
        // Our own host script wrote this line; each field is checked where it is used.
        resolve(JSON.parse(line) as Announcement);
      } catch {
        reject(new Error(notReady(line)));
      }
    });
  });
}

function notReady(lastLine: string): string {
  const said = lastLine === '' ? '' : ` (it said: ${lastLine.slice(0, 200)})`;
  return `The embedded database engine did not start${said}; run "npm run setup", or set MONGODB_URI to a MongoDB server.`;
}

async function stopChild(child: Child, ended: Promise<ProcessEnd>, limitMs: number): Promise<void> {
  child.stdin.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await ended;
  clearTimeout(timer);
}
