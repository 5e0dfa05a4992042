import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { openToAll } from '../../src/http/route.ts';
import { openMailFolder } from '../../src/mail/mail-folder.node.ts';
import { wireCaughtMail } from '../../src/mail/mail.wiring.ts';
import type { MailSlice } from '../../src/mail/mail.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { createTestApp, testTemplates } from '../support/test-app.ts';

const shell = { homeHref: '/', languages: [], loggedIn: false, displayName: '', csrfToken: '', links: [] };

let folder: string;
let now: Date;
let slice: MailSlice;
let app: Express;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
  now = new Date('2026-11-13T00:00:00.000Z');
  slice = await wireCaughtMail({
    folder,
    clock: { now: () => now },
    newId: randomIds.newId,
    guard: openToAll,
    renderPage: testTemplates().page,
    shell: () => shell,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    settings: {
      from: { name: '活动办', address: 'office@hospital.test' },
      replyTo: null,
      maxConnections: 2,
      connectionTimeoutMs: 10_000,
      greetingTimeoutMs: 10_000,
      socketTimeoutMs: 10_000,
      sendTimeoutMs: 10_000,
      closeTimeoutMs: 500,
    },
  });
  app = createTestApp({ routes: slice.pages });
});

afterEach(async () => {
  await slice.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function send(subject: string): Promise<void> {
  const outcome = await slice.mailer.send({
    to: { name: '李伟', address: 'li@hospital.test' },
    subject,
    text: '满意 17/19',
    html: `<html><head></head><body><script>alert(1)</script><p>满意 17/19</p></body></html>`,
    messageId: 'scorecard.2026-10.cardiology.r1.0011223344556677.1@hospital.test',
  });
  expect(outcome.kind).toBe('accepted');
}

function nameOfFirst(): string {
  return (readdirSync(folder)[0] ?? '').replace(/\.eml$/, '');
}

describe('a caught mail', () => {
  test('is kept as a file and listed, newest first', async () => {
    await send('十月月报');
    now = new Date('2026-12-14T00:00:00.000Z');
    await send('<b>十一月月报</b>');

    const response = await request(app).get('/mailbox');

    expect(response.status).toBe(200);
    expect(response.text).toContain('&lt;b&gt;十一月月报');
    expect(response.text.indexOf('十一月月报')).toBeLessThan(response.text.indexOf('十月月报'));
    expect(response.text).toContain('2026-11-13 08:00');
    expect(readdirSync(folder).toSorted()[0]).toMatch(/^20261113T000000000Z-[0-9a-f-]{36}\.eml$/);
  });

  test('is shown with its text, its headers, and its HTML shut off in a frame', async () => {
    await send('十月月报');
    const path = `/mailbox/${nameOfFirst()}`;

    const page = await request(app).get(path);
    const frame = await request(app).get(`${path}/html`);

    expect(page.text).toContain('满意 17/19');
    expect(page.text).toContain('Auto-Submitted');
    expect(page.text).toContain(`src="${path}/html"`);
    expect(page.text).not.toContain('<script>alert');
    expect(frame.text).toContain('<p>满意 17/19</p>');
    expect(frame.headers['content-security-policy']).toMatch(/^sandbox .*default-src 'none'/);
    expect(frame.headers['content-security-policy']).not.toContain('allow-scripts');
  });

  test('can be downloaded as it came', async () => {
    await send('十月月报');
    const response = await request(app).get(`/mailbox/${nameOfFirst()}/source`).buffer(true);
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename=.*\.eml/);
    expect(response.headers['content-type']).toContain('message/rfc822');
  });

  test('is never anything but a caught mail', async () => {
    writeFileSync(join(folder, 'secret.eml'), 'Subject: secret\r\n\r\n');
    const there = `20261113T000000000Z-${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`;
    const statuses = await Promise.all(
      ['secret', '..%2f..%2fetc%2fpasswd', '%2e%2e', 'x%00', there].map(async (id) => {
        const { status } = await request(app).get(`/mailbox/${id}`);
        return status;
      }),
    );
    expect(statuses).toEqual([400, 400, expect.any(Number), 400, 404]);
    expect((await request(app).get('/mailbox')).text).not.toContain('secret');
  });
});

test('a folder of mails gives nothing but mails', async () => {
  const mails = await openMailFolder(folder);
  writeFileSync(join(folder, '..', 'outside.eml'), 'secret');
  try {
    expect(await mails.get('../outside')).toBeNull();
  } finally {
    rmSync(join(folder, '..', 'outside.eml'));
  }
});

test.each([
  ['zh-Hans', '还没有邮件'],
  ['zh-Hant', '尚無郵件'],
  ['en', 'There is no mail yet'],
])('an empty mailbox says so in %s', async (locale, words) => {
  const response = await request(app).get('/mailbox').set('accept-language', locale);
  expect(response.text).toContain(words);
});
