// npm run try:image: follows the Dockerfile line by line in empty folders, without Docker and with this machine's Node, then
// starts the production tree as the image would and looks at it. Proves the steps, not the base image nor Docker's own part.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildStages } from './try-image/build.mjs';
import { freePort, startDatabase } from './try-image/database.mjs';
import { commandOf } from './try-image/dockerfile.mjs';
import { confinement, runOrFail, seconds, start } from './try-image/processes.mjs';
import { inspectTree, stateOf } from './try-image/tree.mjs';

const limitMs = 10 * 60_000;
const readyMs = 60_000;
const stopMs = 15_000;

const project = path.join(import.meta.dirname, '..');
const work = mkdtempSync(path.join(tmpdir(), 'try-image-'));
chmodSync(work, 0o755);
const limit = new AbortController();
const timer = setTimeout(() => limit.abort('It was not done in time.'), limitMs);
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => limit.abort(`${name} ended it.`));

function base64() {
  return randomBytes(32).toString('base64');
}

/** Where the image's DATA_DIR is on this machine. */
function dataOf(image) {
  return path.join(image.root, image.env.DATA_DIR);
}

/** The secrets as files, readable by the image's user, and the rest of what compose.yaml sets. */
function environmentFor(image, { port, uri }) {
  const folder = path.join(work, 'secrets');
  mkdirSync(folder);
  const secrets = {
    MONGODB_URI: uri,
    SMTP_URL: 'smtp://127.0.0.1:9',
    SESSION_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: base64(),
    BLIND_INDEX_KEY: base64(),
    AUDIT_KEY: base64(),
  };
  const files = Object.entries(secrets).map(([name, value]) => {
    writeFileSync(path.join(folder, name), `${value}\n`, { mode: 0o644 });
    return [`${name}_FILE`, path.join(folder, name)];
  });
  const own = {
    PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
    PORT: String(port),
    TRUST_PROXY: '0',
  };
  const there = { PUBLIC_BASE_URL: `http://localhost:${port}`, DATA_DIR: dataOf(image) };
  return { ...own, ...image.env, ...there, ...Object.fromEntries(files) };
}

async function answer(url) {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}

async function expectPage(url, status, part = '') {
  const got = await answer(url);
  if (got.status !== status || !got.body.includes(part)) {
    throw new Error(`${url} answered ${got.status} instead of ${status}: ${got.body.slice(0, 300)}`);
  }
  console.log(`image: ${new URL(url).pathname} answers ${status}`);
  return got.body;
}

async function untilReady(base, service) {
  const deadline = performance.now() + readyMs;
  while (performance.now() < deadline) {
    const over = await Promise.race([service.ended, pause(100, null)]);
    if (over !== null) throw new Error(`The service ended (${String(over)}): ${service.output()}`);
    const { status } = await answer(`${base}/readyz`).catch(() => ({ status: 0 }));
    if (status === 200) return;
  }
  throw new Error(`The service was not ready in time: ${service.output()}`);
}

/** Pages of an empty hospital; then departments by the script that the image brings, and a form that works. */
async function lookAt(base, run) {
  await expectPage(`${base}/readyz`, 200, 'ready');
  const home = await expectPage(`${base}/`, 200);
  const styles = /href="(\/[^"]+\.css)"/u.exec(home);
  if (!styles) throw new Error('The home page names no style sheet.');
  await expectPage(`${base}${styles[1]}`, 200);
  await expectPage(`${base}/login`, 200, '<form');
  await expectPage(`${base}/mailbox`, 404);
  await run(['node', 'dist/scripts/import-departments.js', 'config/departments.sample.json']);
  await expectPage(`${base}/s/internal-medicine`, 200, '<form');
}

async function stop(service) {
  const started = performance.now();
  service.child.kill('SIGTERM');
  const how = await Promise.race([service.ended, pause(stopMs, 'nothing', { ref: false })]);
  if (how !== 0) throw new Error(`SIGTERM was followed by ${how}, not by exit code 0: ${service.output()}`);
  console.log(`image: SIGTERM ends it with exit code 0 (${seconds(started)})`);
}

async function tryService(image, uri) {
  const port = await freePort();
  const confine = confinement();
  const options = { cwd: image.folder, env: environmentFor(image, { port, uri }), signal: limit.signal };
  const run = (command) => runOrFail([...(confine ?? []), ...command], options);
  const before = stateOf(image.folder);
  const started = performance.now();
  const service = start([...(confine ?? []), ...commandOf(image, 'CMD')], options);
  const base = `http://127.0.0.1:${port}`;
  await untilReady(base, service);
  const how = confine
    ? 'as user 1000 on a read-only root without capabilities'
    : 'not confined: that needs root';
  console.log(`image: ready after ${seconds(started)}, ${how}`);
  await lookAt(base, run);
  const health = commandOf(image, 'HEALTHCHECK');
  await run(health);
  await stop(service);
  if (readdirSync(path.join(dataOf(image), 'audit', 'chains')).length === 0)
    throw new Error('The audit trail keeps nothing outside the database.');
  console.log('image: the audit trail keeps its marks in DATA_DIR, and nothing is written anywhere else');
  const sick = await run(health).catch(() => null);
  if (sick !== null) throw new Error('The health check passes though the service has ended.');
  console.log('image: the health check passes while it runs and fails when it does not');
  if (stateOf(image.folder) !== before) throw new Error('The service wrote into its own folder.');
}

let database = null;
try {
  const stages = await buildStages(project, work, limit.signal);
  const image = stages.at(-1);
  const { packages, megabytes } = inspectTree(image.folder);
  console.log(`image: ${packages} packages, none for development; ${megabytes} MB beside the base image`);
  database = await startDatabase({
    buildFolder: stages[0].folder,
    dataDir: path.join(work, 'database'),
    loaderDir: path.join(project, '.cache/engine-loader'),
  });
  await tryService(image, database.uri);
  console.log(`The steps of the image work, on Node ${process.versions.node}.`);
} catch (error) {
  console.error(limit.signal.aborted ? limit.signal.reason : error.message);
  process.exitCode = 1;
} finally {
  limit.abort();
  clearTimeout(timer);
  await database?.stop();
  rmSync(work, { recursive: true, force: true });
}
