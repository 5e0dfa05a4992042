import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../shared/project-root.node.ts';

/*
 * Runs in a process of its own with a memory limit: a workbook can be packed so that reading it needs more memory than the machine has,
 * and then only the reader dies. It is given here and not as a file, so that sources and build run the same.
 */
const reader = `
import { readSheet } from 'read-excel-file/node';
const parts = [];
for await (const part of process.stdin) parts.push(part);
const lines = await readSheet(Buffer.concat(parts));
process.stdout.write(JSON.stringify(lines.map((cells) => cells.map((cell) =>
  cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell)))));
`;

const memoryLimitMb = 256;
const longestMs = 60_000;

/** The lines of the first sheet of an XLSX workbook, as text; null when it cannot be read, or not within memory and time. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly (readonly string[])[] | null> {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${memoryLimitMb}`, '--input-type=module', '--eval', reader],
    {
      cwd: projectRoot(),
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: longestMs,
      killSignal: 'SIGKILL',
    },
  );
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  // A reader that has died takes no more: its exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(bytes);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) return null;
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as readonly (readonly string[])[];
}
