import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { httpClient } from '../support/http-client.ts';
import { runScript } from '../support/run-script.ts';
import {
  dataFolder,
  endAll,
  severalStartsMs,
  startServiceProcess,
  storedBy,
} from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/* The rotation of keys on the data of a running evaluation. */

const adminPassword = 'plum blossom in the snow';
let folder: string;
let service: ServiceProcess;

beforeAll(async () => {
  folder = dataFolder();
  service = await startServiceProcess({ DATA_DIR: folder, ADMIN_PASSWORD: adminPassword });
  await service.ready();
}, severalStartsMs);

afterAll(endAll);

async function keyIdsStored(): Promise<readonly string[]> {
  const stored = await storedBy(folder, 'discharges');
  return stored.map(({ identity }) => String((identity as Record<string, unknown>)['name']).slice(0, 9));
}

test(
  'keys:rotate puts everything of a running evaluation under a new key, which the service uses at once',
  async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);
    const discharge = {
      admissionNo: 'ZY1',
      departmentCode: 'internal-medicine',
      dischargedOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
      patientName: '欧阳娜娜',
      phone: '13812341234',
    };
    const register = async (): Promise<unknown> => {
      const answer = await office.post('/api/v1/discharges', { discharges: [discharge] });
      return answer.json();
    };
    expect(await register()).toMatchObject({ created: 1 });
    const [before = ''] = await keyIdsStored();

    const rotation = await runScript('rotate-keys', [], { DATA_DIR: folder });

    expect(rotation).toMatchObject({ code: 0, errors: '' });
    const current = /is under the key (k[0-9a-f]{8})/.exec(rotation.output)?.[1];
    expect(current).not.toBe(before);
    expect(await keyIdsStored()).toEqual([current]);
    expect(existsSync(join(folder, `retired-key-${before}.json`))).toBe(true);
    // Reads what stands under the new key, and finds nothing to change.
    expect(await register()).toMatchObject({ unchanged: 1 });
  },
  severalStartsMs,
);
