import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBlindIndex } from '../../src/privacy/blind-index.crypto.ts';
import { wireSourceKeys } from '../../src/privacy/privacy.wiring.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const blindIndex = createBlindIndex(Buffer.alloc(32, 7).toString('base64'));
let database: TestDatabase;
let now = new Date('2026-11-02T01:00:00Z');

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());

/** Another instance of the service, with a memory of its own. */
const instance = (): ReturnType<typeof wireSourceKeys> =>
  wireSourceKeys({ connection: database.connection, blindIndex, clock: { now: () => now } });

test('one call has one key for all instances, and another in another month or for a link', async () => {
  const [one, other] = [instance(), instance()];
  const keys = await Promise.all([one.sourceKeys('2026-10'), other.sourceKeys('2026-10')]);
  const [key] = keys.map((keyOf) => keyOf('call-source', 'c1'));

  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(keys.map((keyOf) => keyOf('call-source', 'c1'))).toEqual([key, key]);
  expect((await one.sourceKeys('2026-11'))('call-source', 'c1')).not.toBe(key);
  expect(keys[0]?.('link-source', 'c1')).not.toBe(key);
});

test('once a month’s secret is destroyed, the other keys and the call do not lead to its answer any more', async () => {
  const { sourceKeys, periodSecrets } = instance();
  const before = (await sourceKeys('2026-09'))('call-source', 'c1');

  expect(await periodSecrets.countBefore('2026-10')).toBe(1);
  expect(await periodSecrets.destroyBefore('2026-10')).toBe(1);
  now = new Date(now.getTime() + 6 * 60 * 60_000);

  expect((await sourceKeys('2026-09'))('call-source', 'c1')).not.toBe(before);
  expect((await instance().sourceKeys('2026-09'))('call-source', 'c1')).not.toBe(before);
});

test('a key costs no reading once the month’s secret is known', async () => {
  const read: string[] = [];
  const { sourceKeys } = instance();
  await sourceKeys('2026-10');
  const { collection } = database.connection.model('periodSecrets');
  const find = collection.findOne.bind(collection);
  collection.findOne = ((...args: Parameters<typeof find>) => {
    read.push('findOne');
    return find(...args);
  }) as typeof collection.findOne;

  await sourceKeys('2026-10');
  expect(read).toEqual([]);
  collection.findOne = find;
});
