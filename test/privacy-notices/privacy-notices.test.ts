import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createPrivacyNotices } from '../../src/privacy-notices/privacy-notice.ts';
import type { PrivacyNotice } from '../../src/privacy-notices/privacy-notice.ts';
import { createPrivacyNoticeRoutes } from '../../src/privacy-notices/privacy-notice.routes.ts';
import { readPrivacyNotice } from '../../src/privacy-notices/privacy-notice.schema.ts';
import { createPrivacyNoticeStore } from '../../src/privacy-notices/privacy-notice.store.ts';
import type { PrivacyNoticeStore } from '../../src/privacy-notices/privacy-notice.store.ts';
import { publishPrivacyNotices } from '../../src/privacy-notices/publish-privacy-notices.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { createTestApp } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { shippedNotices } from './shipped-notices.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());

const notice = (changes: Partial<PrivacyNotice> = {}): PrivacyNotice => ({
  version: '1',
  inForceFrom: '2026-01-01',
  summary: { 'zh-Hans': '只用来改进服务' },
  spoken: { 'zh-Hans': '只用来改进服务' },
  paragraphs: [{ heading: { 'zh-Hans': '用途' }, text: { 'zh-Hans': '改进服务' } }],
  ...changes,
});

describe('publishing privacy notices', () => {
  const clock = { now: () => new Date('2026-10-20T04:00:00Z') };
  let published: PrivacyNoticeStore;
  beforeAll(() => {
    published = createPrivacyNoticeStore(database.connection);
  });
  beforeEach(async () => {
    await database.connection.collection('privacyNotices').deleteMany({});
  });
  const publish = (...files: PrivacyNotice[]) =>
    publishPrivacyNotices({ store: published, contentHash, clock }, files);

  test('a version whose text has changed since it was published is refused, and the stored one stays', async () => {
    await publish(notice());

    await expect(publish(notice({ summary: { 'zh-Hans': '也用于广告' } }))).rejects.toThrow(/1 has changed/);
    expect(await publish(notice())).toEqual([notice()]);
  });

  test('a version whose file is gone stays known, for answers refer to it', async () => {
    await publish(notice());

    const all = await publish(notice({ version: '2', inForceFrom: '2026-11-01' }));

    expect(all.map(({ version }) => version)).toEqual(['1', '2']);
  });

  test('two files of one version that differ are refused', async () => {
    await expect(publish(notice(), notice({ inForceFrom: '2026-02-01' }))).rejects.toThrow(/has changed/);
  });
});

describe('the notice in force', () => {
  const notices = createPrivacyNotices([
    notice({ version: '2', inForceFrom: '2026-11-01' }),
    notice(),
    notice({ version: '3', inForceFrom: '2027-01-01' }),
  ]);

  test.each([
    ['2025-12-31', '1'],
    ['2026-10-31', '1'],
    ['2026-11-01', '2'],
    ['2027-06-01', '3'],
  ])('on %s is version %s', (day, version) => {
    expect(notices.inForce(day).version).toBe(version);
  });

  test('a service without any notice does not start', () => {
    expect(() => createPrivacyNotices([])).toThrow(/no privacy notice/);
  });

  test('is answered by the API as current, an older one by its version, an unknown one with 404', async () => {
    const app = createTestApp({ routes: createPrivacyNoticeRoutes({ notices, today: () => '2026-12-01' }) });
    const versionOf = async (path: string): Promise<unknown> => {
      const body = (await request(app).get(`/api/v1/privacy-notices/${path}`)).body as { version?: string };
      return body.version;
    };

    expect(await versionOf('current')).toBe('2');
    expect(await versionOf('1')).toBe('1');
    expect((await request(app).get('/api/v1/privacy-notices/9')).status).toBe(404);
  });
});

describe('a notice file', () => {
  test('must have every language of the hospital', () => {
    const file = { name: 'a.json', value: notice() };

    expect(() => readPrivacyNotice(file, ['zh-Hans', 'en'])).toThrow(/a\.json.*en/);
    expect(readPrivacyNotice(file, ['zh-Hans'])).toEqual(notice());
  });

  test('that is shipped says how to refuse and how to withdraw, for each of the four purposes', () => {
    const words = JSON.stringify(shippedNotices().inForce('2026-10-20').paragraphs);

    for (const said of ['随访', '满意度回访', '链接', '公开您的意见', '当场就改', '不影响治疗']) {
      expect(words).toContain(said);
    }
  });
});
