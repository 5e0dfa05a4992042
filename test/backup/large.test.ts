import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { deepRuns } from '../support/deep.ts';
import { runScript } from '../support/run-script.ts';
import { dataFolder, endAll } from '../support/service-process.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const documents = deepRuns(3_500, 40_000);
const limitMs = deepRuns(240_000, 1_200_000);

let source: TestDatabase;
let target: TestDatabase;

beforeAll(async () => {
  source = await openTestDatabase();
  target = await openTestDatabase();
  const filler = 'x'.repeat(20_000);
  for (let n = 0; n < documents; n += 100) {
    const batch = Array.from({ length: 100 }, (_, i) => ({ _id: `${n + i}` as never, filler }));
    await source.connection.collection('surveyResponses').insertMany(batch);
  }
}, limitMs);

afterAll(async () => {
  await source.drop();
  await target.drop();
  await endAll();
});

test(
  'a collection larger than the memory of the scripts is backed up from a server and restored to one',
  async () => {
    const folder = dataFolder();
    const archive = join(folder, 'large.gz');
    const envFor = ({ uri, dbName }: TestDatabase): Record<string, string> => ({
      DATA_DIR: folder,
      MONGODB_URI: uri,
      MONGODB_DATABASE: dbName,
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      BLIND_INDEX_KEY: Buffer.alloc(32, 2).toString('base64'),
      AUDIT_KEY: Buffer.alloc(32, 3).toString('base64'),
      NODE_OPTIONS: '--max-old-space-size=64',
    });

    const backup = await runScript('backup', [archive], envFor(source));
    const restore = await runScript('restore', [archive], envFor(target));

    expect(backup).toMatchObject({ code: 0, errors: '' });
    expect(backup.output).toContain(
      'It cannot be read without ENCRYPTION_KEY, BLIND_INDEX_KEY and AUDIT_KEY',
    );
    expect(restore).toMatchObject({ code: 0, errors: '' });
    expect(await target.connection.collection('surveyResponses').countDocuments()).toBe(documents);
  },
  limitMs,
);
