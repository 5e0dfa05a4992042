import { existsSync } from 'node:fs';
import path from 'node:path';

/** What to start: a program and its arguments, without a shell. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** The facts about the machine that decide how the engine's process is started. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Version of the running GNU C library, such as `2.36`; undefined where there is none (musl, macOS). */
  readonly glibc: string | undefined;
  readonly node: string;
}

const LOADERS: Readonly<Record<string, { triplet: string; file: string }>> = {
  x64: { triplet: 'x86_64-linux-gnu', file: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', file: 'ld-linux-aarch64.so.1' },
};

/** True when the GNU C library is one the engine's binary loads with (2.38 or newer). Example: `2.36` → false. */
export function isGlibcNewEnough(glibc: string): boolean {
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 38);
}

/**
 * The command that runs `script` with `args` in a Node process in which the embedded engine loads: directly, or, below
 * glibc 2.38, through the newer loader that the set-up put into `loaderDir`. Throws an Error of one sentence that names the
 * ways out where neither is possible.
 */
export function engineCommand(
  machine: Machine,
  loaderDir: string,
  script: string,
  args: readonly string[],
): Command {
  const direct: Command = { program: machine.node, args: [script, ...args] };
  if (machine.platform === 'darwin' && machine.arch === 'arm64') return direct;
  const loader = machine.platform === 'linux' ? LOADERS[machine.arch] : undefined;
  if (loader === undefined || machine.glibc === undefined) {
    throw new Error(
      'The embedded database engine does not run on this system: set MONGODB_URI to a MongoDB server, or use Linux (x64 or arm64) with glibc 2.38 or newer.',
    );
  }
  if (isGlibcNewEnough(machine.glibc)) return direct;
  const libraries = path.join(loaderDir, 'usr', 'lib', loader.triplet);
  const program = path.join(libraries, loader.file);
  if (!existsSync(program)) {
    throw new Error(
      `The embedded database engine needs glibc 2.38 or newer and this system has ${machine.glibc}: run "npm run setup", or set MONGODB_URI to a MongoDB server.`,
    );
  }
  const libraryPath = `${libraries}:${path.join('/usr/lib', loader.triplet)}`;
  return { program, args: ['--library-path', libraryPath, machine.node, script, ...args] };
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, glibc: runningGlibc(), node: process.execPath };
}

function runningGlibc(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  // Else the report looks up the name of every open connection; Node's types do not know the setting.
  Reflect.set(process.report, 'excludeNetwork', true);
  // Node types the report as a bare object: only this one field of it is read, and only when it is a string.
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: unknown } };
  const version = report.header?.glibcVersionRuntime;
  return typeof version === 'string' ? version : undefined;
}
