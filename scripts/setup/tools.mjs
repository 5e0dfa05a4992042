import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A failure whose message is one sentence that says what to do. */
export class SetupError extends Error {}

/** One line to the person who waits. */
export function say(line) {
  console.log(`set-up: ${line}`);
}

/** The text of a file, or undefined when it is not there. */
export function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** SHA-256 of texts or bytes, hex. */
export function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Every file below a folder, sorted, as paths relative to the root. */
export function filesBelow(folder) {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .toSorted();
}

/** Runs a program quietly; resolves to {code, output}, code 127 when the program is not there. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program; when it fails, shows the end of what it said and throws the sentence. */
export async function runOrFail(program, args, sentence, options = {}) {
  const { code, output } = await run(program, args, options);
  if (code === 0) return output;
  console.error(output.trimEnd().split('\n').slice(-25).join('\n'));
  throw new SetupError(sentence);
}

/** Runs npm as the one that started us, or the one on the path. */
export function npm(args, sentence) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js')
    ? runOrFail(process.execPath, [cli, ...args], sentence)
    : runOrFail('npm', args, sentence);
}

/** True when a program of this name is on the path. */
export function isOnPath(program) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => existsSync(path.join(folder, program)));
}
