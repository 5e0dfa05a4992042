import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, say, SetupError } from './tools.mjs';

const BEAT_MS = 2_000;
const STALE_MS = 30_000;
const LIMIT_MS = 30 * 60_000;

/** Runs `work` while no other set-up of this folder runs; a lock whose holder is dead or silent for 30 s is taken over. */
export async function alone(work, lock = path.join(root, '.cache', 'setup.lock')) {
  await take(lock);
  const beat = setInterval(() => touch(lock), BEAT_MS);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', release).off('SIGINT', interrupted).off('SIGTERM', interrupted);
    release();
  }
}

function interrupted() {
  process.exit(130);
}

async function take(lock) {
  mkdirSync(path.dirname(lock), { recursive: true });
  const deadline = Date.now() + LIMIT_MS;
  for (let told = false; !claim(lock); told = true) {
    if (Date.now() > deadline)
      throw new SetupError(`Another set-up does not end: stop it, or remove ${lock}.`);
    if (isStale(lock)) {
      discard(lock);
      continue;
    }
    if (!told) say('another set-up of this folder is running: waiting for it …');
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}

function claim(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new SetupError(
      `The folder ${path.dirname(lock)} cannot be written to (${error.code}): give this user the right to.`,
    );
  }
  writeFileSync(path.join(lock, 'owner'), `${os.hostname()} ${process.pid}`);
  return true;
}

function isStale(lock) {
  try {
    const [host, pid] = (ownerOf(lock) ?? '').split(' ');
    if (host === os.hostname() && !isAlive(Number(pid))) return true;
    return Date.now() - statSync(lock).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

/** Of several that find the same stale lock, the rename lets one through; a live lock moved by mistake is put back. */
function discard(lock) {
  const judged = ownerOf(lock);
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (ownerOf(aside) === judged) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, lock);
  } catch {
    // Someone else was quicker.
  }
}

function ownerOf(lock) {
  try {
    return readFileSync(path.join(lock, 'owner'), 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function touch(lock) {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // Removed from outside: nothing to keep alive.
  }
}
