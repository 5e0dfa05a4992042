// npm run pictures: starts an evaluation on an empty folder and takes README.md's pictures of it with Chromium.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const pictures = join(import.meta.dirname, 'pictures');
const readyWithinMs = 120_000;
const phone = { width: 390, height: 844 };
const mail = { width: 632, height: 900 };
const locale = 'zh-CN';
const desk = { width: 1180, height: 900 };

interface Evaluation {
  readonly base: string;
  readonly said: string;
  readonly stop: () => Promise<void>;
}

async function startEvaluation(): Promise<Evaluation> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const env = { ...process.env, NODE_ENV: '', MONGODB_URI: '', SMTP_URL: '', PORT: '0', DATA_DIR: folder };
  const child = spawn(process.execPath, [join(root, 'dist/src/main.js')], { cwd: root, env });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const said = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('one-time password')) resolve(text);
    });
    setTimeout(() => reject(new Error(`The service was not ready in time: ${text}`)), readyWithinMs).unref();
    void ended.then(() => reject(new Error(`The service ended: ${text}`)));
  });
  try {
    const text = await said;
    const base = /ready at (\S+)/.exec(text)?.[1] ?? '';
    return { base, said: text, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A logged-in page; the passwords are what the start printed. */
async function logIn(browser: Browser, { base, said }: Evaluation, who: 'admin' | 'nurse'): Promise<Page> {
  const nurse = /^\s+(\S+)\s+(\S+)\s+回访护士/m.exec(said);
  const admin = /one-time password[^:]*: (\S+)/.exec(said);
  const [username = '', password = ''] = who === 'nurse' ? [nurse?.[1], nurse?.[2]] : ['admin', admin?.[1]];
  const page = await browser.newPage({ viewport: desk, baseURL: base, locale });
  await page.goto('/login');
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('button.button-wide');
  await page.waitForURL('**/home');
  return page;
}

async function take(browser: Browser, evaluation: Evaluation): Promise<void> {
  const patient = await browser.newPage({ viewport: phone, baseURL: evaluation.base, locale });
  await patient.goto('/s/orthopaedics');
  await patient.evaluate('document.querySelector("fieldset").scrollIntoView()');
  await patient.screenshot({ path: join(pictures, 'form.png') });

  const nurse = await logIn(browser, evaluation, 'nurse');
  await nurse.goto('/worklist');
  await nurse.locator('.call-take').first().click();
  await nurse.waitForSelector('#attempt');
  await nurse.screenshot({ path: join(pictures, 'call.png') });

  const office = await logIn(browser, evaluation, 'admin');
  await office.goto('/scorecards');
  await office.locator('a[href$="/orthopaedics"]').first().click();
  await office.screenshot({ path: join(pictures, 'scorecard.png') });

  await office.goto('/mailbox');
  await office.locator('main a[href^="/mailbox/"]', { hasText: '骨科' }).first().click();
  await office.waitForSelector('.mail-text');
  await office.goto(`${office.url()}/html`);
  await office.setViewportSize(mail);
  await office.screenshot({ path: join(pictures, 'mail.png') });
}

const evaluation = await startEvaluation();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  await take(browser, evaluation);
} finally {
  await browser.close();
  await evaluation.stop();
}
