import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { tokenPattern } from '../../src/api-keys/api-key-token.crypto.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { testCsrfToken } from '../support/test-app.ts';
import { openApiKeysWorld, person } from './api-keys-world.ts';
import type { ApiKeysWorld } from './api-keys-world.ts';

let world: ApiKeysWorld;
beforeAll(async () => {
  world = await openApiKeysWorld();
});
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00Z');
  await world.database.connection.collection('apiKeys').deleteMany({});
});
afterAll(() => world.close());

const path = '/admin/api-keys';
const page = (locale = 'zh-Hans') => supertest(world.app(person('admin'))).get(`${path}?lang=${locale}`);
const submit = (to: string, fields: string, token = testCsrfToken) =>
  supertest(world.app(person('admin')))
    .post(`${to}?lang=zh-Hans`)
    .type('form')
    .send(`_csrf=${token}&${fields}`);

describe('the page of API keys', () => {
  test('offers every scope in words, and the day a year from now', async () => {
    const { text } = await page().expect(200);

    expect(text).toContain('登记、导入出院患者 <span class="muted">· discharges:write</span>');
    expect(text).toContain('type="date" id="expiresOn" name="expiresOn" value="2027-11-02"');
    expect(text).toContain('还没有密钥。');
  });

  test('shows a new key this once, on a page that no cache keeps, with what to do with it', async () => {
    const made = await submit(
      path,
      'name=HIS&scopes=discharges:write&scopes=staff:read&expiresOn=2027-01-31',
    );

    expect(made.status).toBe(201);
    expect(made.headers['cache-control']).toContain('no-store');
    expect(made.text).toContain('密钥只显示这一次');
    const token = tokenPattern.exec(made.text)?.[0] ?? '';
    await world.use(token, { path: '/api/v1/open' }).expect(200);
    const { text } = await page();
    expect(tokenPattern.exec(text)).toBeNull();
    expect(text).toContain(`${token.slice(0, 17)}…`);
    expect(text).toContain('读取职工名册');
    expect(text).toContain('2027-01-31');
  });

  test('keeps what was typed when something is wrong, and says what to mend beside its field', async () => {
    const refused = await submit(path, 'name=%E4%BA%BA%E4%BA%8B&scopes=staff:read&expiresOn=2031-01-01');

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="人事"');
    expect(refused.text).toContain('value="2031-01-01"');
    expect(refused.text).toContain('value="staff:read" checked');
    expect(refused.text).toContain('有效期最长 730 天');
    expect(await world.stored()).toEqual([]);
  });

  test.each([
    ['name=&expiresOn=x', ['有效期至（含当天）']],
    ['name=&expiresOn=2027-01-01', ['用途：请填写用途。', '权限：请至少勾选一项权限。']],
    [`name=${'x'.repeat(101)}&scopes=staff:read`, ['用途']],
    ['name=x&scopes=accounts:write', ['权限']],
  ])('%s comes back with its sentences', async (fields, sentences) => {
    const { status, text } = await submit(path, fields);

    expect(status).toBe(422);
    for (const sentence of sentences) expect(text).toContain(`<li>${sentence}`);
  });

  test('tells when and from where a key was used last, and which end soon', async () => {
    const { token } = await world.make({ expiresOn: '2026-11-20' });
    await world.use(token);

    const { text } = await page('en');

    expect(text).toMatch(/2026-11-02 10:00 from (::ffff:)?127\.0\.0\.1/);
    expect(text).toContain('<span class="badge badge-warn">Ends soon</span>');
  });

  test('replaces a key, shows the new one, and says how long the old one goes on', async () => {
    const old = await world.make({ name: 'HIS' });

    const replaced = await submit(`${path}/${old.id}/replace`, '');

    expect(replaced.status).toBe(201);
    expect(replaced.text).toContain('原密钥最多再用 7 天');
    expect(tokenPattern.exec(replaced.text)?.[1]).not.toBe(old.id);
  });

  test('revokes a key and offers nothing more for it', async () => {
    const { id } = await world.make();

    const revoked = await submit(`${path}/${id}/revoke`, '').expect(303);

    expect(revoked.headers['location']).toBe(path);
    const { text } = await page();
    expect(text).toContain('已吊销');
    expect(text).not.toContain(`${path}/${id}/revoke`);
  });

  test('takes nothing without the session’s token', async () => {
    const { id } = await world.make();

    await submit(`${path}/${id}/revoke`, '', 'forged').expect(403);
    await submit(path, 'name=HIS&scopes=staff:read', 'forged').expect(403);

    expect(await world.stored()).toMatchObject([{ revokedAt: null }]);
  });

  test.each(locales)('writes a name as text, whatever is in it, in %s', async (locale) => {
    await world.make({ name: '<img src=x onerror=alert(1)>' });

    expect((await page(locale)).text).not.toContain('<img');
  });
});
