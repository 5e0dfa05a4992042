import { existsSync } from 'node:fs';
import { newerRelease } from './apt-sources.mjs';
import { isOnPath, run, say, SetupError } from './tools.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const BY_HAND =
  'install Chromium and a Chinese font (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH to a Chromium or Chrome';

/** The step that brings a browser for the browser tests, where we may install one. */
export const chromium = {
  isNeeded(mode) {
    return mode === 'test' && !isFound();
  },
  async run() {
    if (process.getuid?.() !== 0 || !isOnPath('apt-get') || newerRelease() === undefined) {
      say(`no browser is found: ${BY_HAND}; the browser tests need it, all others run without.`);
      return;
    }
    say('installing Chromium and a Chinese font for the browser tests (apt-get) …');
    // A third-party archive that does not answer must not keep the rest from being installed.
    await apt(['update']);
    const { code, output } = await apt([
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
      'fonts-noto-cjk',
    ]);
    if (code === 0 && isFound()) return;
    console.error(output.trimEnd().split('\n').slice(-15).join('\n'));
    throw new SetupError(
      `Chromium could not be installed with apt: ${BY_HAND}, then run the same command again.`,
    );
  },
};

function isFound() {
  const own = process.env.CHROMIUM_PATH;
  if (own && !existsSync(own)) {
    throw new SetupError(`CHROMIUM_PATH names ${own}, which is not there: correct it or leave it unset.`);
  }
  return Boolean(own) || PLACES.some((place) => existsSync(place));
}

const LOCK_TRIES = 24;
const LOCK_WAIT_MS = 5_000;

/** apt waits for dpkg's lock by itself, but not for that of its package lists. */
async function apt(args) {
  for (let turn = 1; ; turn += 1) {
    const result = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (
      result.code === 0 ||
      turn === LOCK_TRIES ||
      !/could not get lock|unable to lock/iu.test(result.output)
    )
      return result;
    if (turn === 1) say('another apt is at work: waiting for it …');
    await new Promise((resolve) => {
      setTimeout(resolve, LOCK_WAIT_MS);
    });
  }
}
