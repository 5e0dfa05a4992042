import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, hashOf, npm, root, say, textOf } from './tools.mjs';

const stamp = path.join(root, 'dist', '.build-stamp');

/** The step that builds dist when a source has changed since. */
export const build = {
  isNeeded() {
    const isBuilt = existsSync(path.join(root, 'dist', 'src', 'main.js'));
    // A production installation brings dist and has no compiler.
    if (isBuilt && !existsSync(path.join(root, 'node_modules', 'typescript'))) return false;
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
