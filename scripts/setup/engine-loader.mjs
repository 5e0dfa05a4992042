import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aptSources, newerRelease } from './apt-sources.mjs';
import { isOnPath, root, runOrFail, say, SetupError } from './tools.mjs';

const cache = path.join(root, '.cache');
const target = path.join(cache, 'engine-loader');

const LOADERS = {
  x64: 'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  arm64: 'usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1',
};

const WAYS_OUT =
  'set MONGODB_URI to a MongoDB server, or use Linux with glibc 2.38 or newer (Debian 13, Ubuntu 24.04)';

/** The step that fetches a newer C library for the embedded engine, beside the system's, without root. */
export const engineLoader = {
  isNeeded(mode) {
    if (usesServer(mode) || !existsSync(path.join(root, 'node_modules', '@0q', 'embedded-mongodb')))
      return false;
    if (process.platform !== 'linux' || isNewEnough(glibcVersion())) return false;
    return !existsSync(path.join(target, LOADERS[process.arch] ?? 'none'));
  },
  async run() {
    const glibc = glibcVersion();
    if (glibc === undefined || LOADERS[process.arch] === undefined) {
      throw new SetupError(`The embedded database engine does not run on this system: ${WAYS_OUT}.`);
    }
    if (!isOnPath('apt-get') || !isOnPath('dpkg')) {
      throw new SetupError(
        `The embedded database engine needs glibc 2.38, this system has ${glibc} and no apt to fetch it with: ${WAYS_OUT}.`,
      );
    }
    say(`fetching a newer C library for the embedded engine (glibc here is ${glibc}) …`);
    const work = path.join(cache, `engine-loader.${process.pid}`);
    try {
      await fetchInto(work);
      rmSync(target, { recursive: true, force: true });
      renameSync(path.join(work, 'unpacked'), target);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};

function usesServer(mode) {
  const names = mode === 'test' ? ['TEST_MONGODB_URI'] : ['MONGODB_URI', 'MONGODB_URI_FILE'];
  // A production start refuses to run without a server anyway, and says so itself.
  return (
    names.some((name) => process.env[name]) || (mode === 'start' && process.env.NODE_ENV === 'production')
  );
}

function glibcVersion() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime;
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = String(version ?? '0.0')
    .split('.')
    .map(Number);
  return major > 2 || (major === 2 && minor >= 38);
}

async function fetchInto(work) {
  const release = newerRelease();
  const source = release && aptSources(release);
  if (!source) {
    throw new SetupError(
      `No Debian or Ubuntu mirror stands in this machine's apt sources: add one, or ${WAYS_OUT}.`,
    );
  }
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'unpacked']) {
    mkdirSync(path.join(work, folder), { recursive: true });
  }
  const sourceList = path.join(work, `engine.${source.format}`);
  writeFileSync(sourceList, source.text);
  const apart = [
    `-oDir::Etc::sourcelist=${sourceList}`,
    '-oDir::Etc::sourceparts=-',
    `-oDir::State=${path.join(work, 'state')}`,
    `-oDir::State::Lists=${path.join(work, 'state', 'lists')}`,
    `-oDir::Cache=${path.join(work, 'cache')}`,
    '-oDebug::NoLocking=1',
    '-oAcquire::Retries=3',
    // As root apt would fetch as another user, who may not write here.
    '-oAPT::Sandbox::User=root',
  ];
  const sentence = `The newer C library (libc6 of ${release}) could not be fetched with apt: check the network and the apt sources and run the same command again, or ${WAYS_OUT}.`;
  await runOrFail('apt-get', [...apart, '-qq', '-oAPT::Update::Error-Mode=any', 'update'], sentence);
  await runOrFail('apt-get', [...apart, '-qq', 'download', 'libc6'], sentence, { cwd: work });
  const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new SetupError(sentence);
  await runOrFail('dpkg', ['-x', path.join(work, archive), path.join(work, 'unpacked')], sentence);
  if (!existsSync(path.join(work, 'unpacked', LOADERS[process.arch]))) throw new SetupError(sentence);
}
