import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, hashOf, npm, root, say, textOf } from './tools.mjs';

const stamp = path.join(root, 'dist', '.build-stamp');

/** What the build needs and a production installation lacks. Not the compiler: i18next names it as an optional peer, so npm keeps it. */
const BUILD_PACKAGES = ['esbuild', '@types/node'];

/** The step that builds dist when a source has changed since. */
export const build = {
  isNeeded() {
    const isBuilt = existsSync(path.join(root, 'dist', 'src', 'main.js'));
    // A production installation (npm prune --omit=dev) brings dist and cannot build another one.
    if (isBuilt && !canBuild()) return false;
    return !isBuilt || textOf(stamp) !== hashOfSources();
  },
  async run() {
    say('building (npm run build) …');
    const before = hashOfSources();
    await npm(
      ['run', '--silent', 'build'],
      'The build failed: mend what the compiler names above, then run the same command again.',
    );
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, before);
  },
};

function canBuild() {
  return BUILD_PACKAGES.every((name) => existsSync(path.join(root, 'node_modules', name)));
}

/** Contents, not times: a checkout or a copy changes no source. */
function hashOfSources() {
  const scripts = filesBelow('scripts').filter(
    (file) => file.endsWith('.ts') || file.endsWith('build-web.mjs'),
  );
  const files = [...filesBelow('src'), ...scripts, 'tsconfig.json', 'package-lock.json'].filter((file) =>
    existsSync(path.join(root, file)),
  );
  return hashOf(...files.flatMap((file) => [file, readFileSync(path.join(root, file))]));
}
