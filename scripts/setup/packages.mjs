import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf, npm, root, say, textOf } from './tools.mjs';

const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.setup-stamp');

/** The step that makes node_modules match the lock file. */
export const packages = {
  isNeeded() {
    const wanted = wantedStamp();
    if (textOf(stamp) === wanted) return false;
    if (!matchesLockFile()) return true;
    keepStamp(wanted);
    return false;
  },
  async run() {
    say('installing the packages of package-lock.json (npm ci) …');
    await npm(
      ['ci', '--include=dev', '--no-audit', '--no-fund'],
      'The packages could not be installed: check that this machine reaches the npm registry, then run the same command again.',
    );
    keepStamp(wantedStamp());
  },
};

function wantedStamp() {
  const lock = textOf(path.join(root, 'package-lock.json')) ?? '';
  return hashOf(lock, process.platform, process.arch);
}

/** A tree that npm itself installed from this lock file is taken as it is; what a production install leaves out may be missing. */
function matchesLockFile() {
  const lock = packagesOf(path.join(root, 'package-lock.json'));
  const installed = packagesOf(path.join(modules, '.package-lock.json'));
  if (lock === undefined || installed === undefined) return false;
  const isBuilt = existsSync(path.join(root, 'dist', 'src', 'main.js'));
  return Object.entries(lock).every(([folder, entry]) => {
    if (folder === '') return true;
    const found = installed[folder];
    if (found !== undefined) return found.version === entry.version;
    return entry.optional === true || (isBuilt && (entry.dev === true || entry.devOptional === true));
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(textOf(file) ?? '').packages;
  } catch {
    return undefined;
  }
}

function keepStamp(value) {
  try {
    mkdirSync(modules, { recursive: true });
    writeFileSync(stamp, value);
  } catch {
    // A read-only installation: the comparison is made again next time.
  }
}
