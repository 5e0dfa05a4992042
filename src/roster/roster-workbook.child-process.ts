import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../shared/project-root.node.ts';

/** One sheet as it was read: its name and its lines of text. A day is `2026-11-01`. */
export interface WorkbookSheet {
  readonly name: string;
  readonly lines: readonly (readonly string[])[];
}

// A few packed bytes can unfold to more than the machine has: they are unfolded in a process of their own, which alone dies of it.
const program = `
import readSheets from 'read-excel-file/node';
const parts = [];
for await (const part of process.stdin) parts.push(part);
const textOf = (cell) => cell === null ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
const sheets = await readSheets(Buffer.concat(parts));
process.stdout.write(JSON.stringify(sheets.map(({ sheet, data }) => ({ name: sheet, lines: data.map((line) => line.map(textOf)) }))));
`;
const limits = { memoryMb: 256, ms: 30_000 };
const zipMagic = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** The sheets of an XLSX workbook; null when it is none, or cannot be read within memory and time. */
export async function readWorkbookSheets(bytes: Buffer): Promise<readonly WorkbookSheet[] | null> {
  if (!bytes.subarray(0, 4).equals(zipMagic)) return null;
  const options = [`--max-old-space-size=${limits.memoryMb}`, '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, options, {
    cwd: projectRoot(),
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: limits.ms,
    killSignal: 'SIGKILL',
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => output.push(part));
  child.stdin.on('error', () => undefined);
  child.stdin.end(bytes);
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0 ? (JSON.parse(Buffer.concat(output).toString('utf8')) as readonly WorkbookSheet[]) : null;
}
