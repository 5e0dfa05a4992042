// Makes a fresh clone ready for `npm start` (node scripts/setup.mjs start) or `npm test` (… test). Needs nothing but Node.
// Says in one line each what it does, does nothing when all is there, and ends every failure in one sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `This needs Node.js 20.19 or newer and this is ${process.versions.node}: install a newer one from https://nodejs.org and run the same command again.`,
  );
  process.exit(1);
}

const { alone } = await import('./setup/lock.mjs');
const { SetupError } = await import('./setup/tools.mjs');
const { build } = await import('./setup/build.mjs');
const { chromium } = await import('./setup/chromium.mjs');
const { engineLoader } = await import('./setup/engine-loader.mjs');
const { packages } = await import('./setup/packages.mjs');

const mode = process.argv[2] === 'test' ? 'test' : 'start';
const steps = [packages, build, engineLoader, chromium];

try {
  // Asked twice: a set-up that waited for another one finds the work done.
  if (steps.some((step) => step.isNeeded(mode))) {
    await alone(async () => {
      for (const step of steps) {
        if (step.isNeeded(mode)) await step.run(mode);
      }
    });
  }
} catch (error) {
  const sentence =
    error instanceof SetupError ? error.message : `The set-up failed unexpectedly: ${error?.stack ?? error}`;
  console.error(`set-up: ${sentence}`);
  process.exitCode = 1;
}
