import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { DomainError } from './domain-error.ts';
import { projectRoot } from './project-root.node.ts';

/** What one reading may use. */
export interface ReaderLimits {
  /** Of the program's objects. */
  readonly heapMb: number;
  /** Of the whole process: what is unpacked lies outside of the objects' memory. */
  readonly residentMb: number;
  readonly outputBytes: number;
  readonly ms: number;
  /** Files that may wait while one is read. */
  readonly waiting: number;
}

/** What an upload may use. The largest files people send need about half of it. */
export const readerLimits: ReaderLimits = {
  heapMb: 256,
  residentMb: 500,
  outputBytes: 32 * 1024 * 1024,
  ms: 30_000,
  waiting: 3,
};

/**
 * Runs a program over an uploaded file and gives what it passed to `done`; null when the program failed, which says that the file is
 * none of its kind. Throws `file_takes_too_much` (invalid) and `uploads_busy` (unavailable).
 */
export type ReadInProcess = (program: string, bytes: Uint8Array, settings?: object) => Promise<unknown>;

/*
 * The program is given here and not as a file, so that sources and build run the same. It finds the file as `bytes`, `settings`, and
 * `done` to call with its result. The watch stands in a thread of its own: it sees what a program does that never pauses.
 */
const frame = (program: string, { residentMb }: ReaderLimits): string => `
import { Worker } from 'node:worker_threads';
Error.stackTraceLimit = 0;
const watch = \`setInterval(() => {
  if (process.memoryUsage.rss() > ${residentMb} * 1024 * 1024) process.kill(process.pid, 'SIGKILL');
}, 20)\`;
new Worker(watch, { eval: true, execArgv: [] }).unref();
const settings = JSON.parse(process.argv[1]);
const parts = [];
for await (const part of process.stdin) parts.push(part);
const bytes = Buffer.concat(parts);
const done = (result) => process.stdout.write(JSON.stringify(result));
${program}`;

function start(program: string, settings: object, limits: ReaderLimits): ChildProcess {
  const options = [`--max-old-space-size=${limits.heapMb}`, '--input-type=module', '--eval'];
  return spawn(process.execPath, [...options, frame(program, limits), '--', JSON.stringify(settings)], {
    cwd: projectRoot(),
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: limits.ms,
    killSignal: 'SIGKILL',
  });
}

async function run(child: ChildProcess, bytes: Uint8Array, limits: ReaderLimits): Promise<unknown> {
  const output: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (part: Buffer) => {
    size += part.length;
    if (size > limits.outputBytes) child.kill('SIGKILL');
    else output.push(part);
  });
  // A reader that has died takes no more: how it ended tells.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(bytes);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== null) {
    throw new DomainError('invalid', 'file_takes_too_much', 'Reading the file takes too much.');
  }
  return code === 0 ? (JSON.parse(Buffer.concat(output).toString('utf8')) as unknown) : null;
}

/**
 * A reader of uploaded files: one file at a time, in a process of its own that ends when it takes too much memory, time or room. A
 * few packed bytes can unfold to more than the machine has, and then only that process dies of it.
 */
export function createReaderProcess(limits: ReaderLimits = readerLimits): ReadInProcess {
  let last: Promise<unknown> = Promise.resolve();
  let under = 0;
  return async (program, bytes, settings = {}) => {
    if (under > limits.waiting) {
      throw new DomainError('unavailable', 'uploads_busy', 'Other files are being read. Please try again.', {
        retryAfterSeconds: 10,
      });
    }
    under += 1;
    const result = last.then(() => run(start(program, settings, limits), bytes, limits));
    last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      under -= 1;
    }
  };
}
