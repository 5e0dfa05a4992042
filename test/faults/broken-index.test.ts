import { afterAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { latestDuePeriod } from '../support/due-period.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import {
  dataFolder,
  endAll,
  onDatabase,
  startServiceProcess,
  severalStartsMs,
} from '../support/service-process.ts';

const at = {
  uri: process.env['TEST_MONGODB_URI'] ?? '',
  dbName: `broken_${randomBytes(6).toString('hex')}`,
};

afterAll(async () => {
  await endAll();
  await onDatabase(at, (connection) => connection.dropDatabase());
});

describe('a unique index that cannot be built', () => {
  test(
    'keeps /readyz red with the reason and lets no job run; with the duplicate gone the next start is ready',
    async () => {
      const folder = dataFolder();
      const env = { DATA_DIR: folder, MONGODB_URI: at.uri, MONGODB_DATABASE: at.dbName };
      // A month that is due: a job that ran would close it and mail it.
      const period = latestDuePeriod(new Date());
      const response = (_id: string): object => ({ _id, period, sourceKey: 'call:7' });
      await onDatabase(at, (connection) =>
        connection.collection('surveyResponses').insertMany([response('a'), response('b')]),
      );

      const service = await startServiceProcess(env);
      await eventually('the start has come to its end', () => service.output().includes('no job runs'));
      const client = httpClient(service.baseUrl);
      const [health, ready] = [await client.get('/healthz'), await client.get('/readyz')];
      const written = await onDatabase(at, async ({ db }) => ({
        runs: await db?.collection('jobRuns').countDocuments(),
        periods: await db?.collection('reportingPeriods').countDocuments(),
        deliveries: await db?.collection('deliveries').countDocuments(),
      }));

      expect(health.status).toBe(200);
      expect(ready.status).toBe(503);
      expect(ready.text).toContain('The index sourceKey_1 of the collection surveyResponses cannot be built');
      expect(ready.text + service.output()).not.toContain('call:7');
      expect(written).toEqual({ runs: 0, periods: 0, deliveries: 0 });
      const mails = join(folder, 'mail');
      expect(existsSync(mails) ? readdirSync(mails) : []).toEqual([]);
      expect((await service.stop()).code).toBe(0);

      await onDatabase(at, (connection) => connection.collection('surveyResponses').deleteMany({}));
      const next = await startServiceProcess(env);
      await next.ready();
      expect((await next.stop()).code).toBe(0);
    },
    severalStartsMs,
  );
});
