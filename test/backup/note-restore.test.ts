import { afterAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { httpClient } from '../support/http-client.ts';
import { runScript } from '../support/run-script.ts';
import {
  dataFolder,
  endAll,
  onDatabase,
  severalStartsMs,
  startServiceProcess,
} from '../support/service-process.ts';

/* A restore by MongoDB's own tools, which know nothing of what the audit trail keeps outside the database. */

const key = (): string => randomBytes(32).toString('base64');
const at = {
  uri: process.env['TEST_MONGODB_URI'] ?? '',
  dbName: `note_restore_${randomBytes(6).toString('hex')}`,
};
const adminPassword = 'plum blossom in the snow';
const environment = {
  DATA_DIR: dataFolder(),
  MONGODB_URI: at.uri,
  MONGODB_DATABASE: at.dbName,
  ADMIN_PASSWORD: adminPassword,
  SESSION_SECRET: key(),
  ENCRYPTION_KEY: key(),
  BLIND_INDEX_KEY: key(),
  AUDIT_KEY: key(),
};

afterAll(async () => {
  await onDatabase(at, (on) => on.dropDatabase());
  await endAll();
});

/** A day at work: somebody logs in, which the trail records. */
async function workAndStop(): Promise<void> {
  const service = await startServiceProcess(environment);
  await service.ready();
  await httpClient(service.baseUrl).logIn('admin', adminPassword);
  await service.stop();
}

type Dump = ReadonlyMap<string, readonly object[]>;

const dump = (): Promise<Dump> =>
  onDatabase(at, async (on) => {
    const names = (await on.listCollections()).map(({ name }) => name);
    const all = names.map(async (name) => [name, await on.collection(name).find({}).toArray()] as const);
    return new Map(await Promise.all(all));
  });

const restoreAsOtherToolsDo = (dumped: Dump): Promise<void> =>
  onDatabase(at, async (on) => {
    await on.dropDatabase();
    for (const [name, documents] of dumped)
      if (documents.length > 0) await on.collection(name).insertMany([...documents] as never);
  });

test(
  'a restore by other tools looks like tampering until it is noted; then the trail is whole and says since when',
  async () => {
    await workAndStop();
    const dumped = await dump();
    await workAndStop();
    await restoreAsOtherToolsDo(dumped);
    expect(await runScript('audit-verify', [], environment)).toMatchObject({ code: 1 });

    const noted = await runScript('note-restore', [], environment);

    expect(noted).toMatchObject({ code: 0, errors: '' });
    expect(noted.output).toContain('/office/erasure');
    const verified = await runScript('audit-verify', [], environment);
    expect(verified).toMatchObject({ code: 0, errors: '' });
    expect(verified.output).toMatch(/^Restored from a backup at \d{4}-/m);
    expect(verified.output).toContain('Nothing was altered, removed or inserted.');
  },
  severalStartsMs,
);

test('nothing is noted where no service ever worked', async () => {
  const refused = await runScript('note-restore', [], { DATA_DIR: dataFolder(), MONGODB_URI: at.uri });

  expect(refused).toMatchObject({
    code: 1,
    output: '',
    errors: expect.stringMatching(/^No evaluation stands/),
  });
});
