// Starts the service as README.md says, on an empty data folder, waits for /readyz, looks at the survey page, stops it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const limitMs = 300_000;
const stopLimitMs = 15_000;
const folder = await mkdtemp(join(tmpdir(), 'try-start-'));
const child = spawn('npm', ['start'], {
  cwd: join(import.meta.dirname, '..'),
  env: { ...process.env, NODE_ENV: '', PORT: '0', DATA_DIR: folder, MONGODB_URI: '', SMTP_URL: '' },
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
});
// npm ends at once when it is told to: what it has started is over when nobody can write to our pipe any more.
const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
const limit = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), limitMs);

function address() {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      text += chunk;
      const found = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    void ended.then((how) => reject(new Error(`The service ended (${how}) before it named its address.`)));
  });
}

async function answers(url) {
  const response = await fetch(url);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${body.slice(0, 300)}`);
  return body;
}

let failure = null;
try {
  const base = await address();
  await answers(`${base}/healthz`);
  await answers(`${base}/readyz`);
  const departments = JSON.parse(await answers(`${base}/api/v1/departments`)).items;
  const page = await answers(`${base}/s/${departments[0].code}`);
  if (!page.includes('<form')) throw new Error('The survey page shows no form.');
  process.kill(-child.pid, 'SIGTERM');
  const late = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), stopLimitMs);
  const how = await ended;
  clearTimeout(late);
  if (how === 'SIGKILL') throw new Error('The service did not stop in time.');
  console.log('npm start: ready, answers, stops.');
} catch (error) {
  failure = error;
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
}
clearTimeout(limit);
await rm(folder, { recursive: true, force: true });
if (failure) {
  console.error(`npm start: ${failure.message}`);
  process.exitCode = 1;
}
