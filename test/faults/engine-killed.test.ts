import { afterAll, describe, expect, test } from '@jest/globals';
import { deepRuns } from '../support/deep.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import {
  dataFolder,
  endAll,
  enginePid,
  startServiceProcess,
  statusOf,
  storedBy,
} from '../support/service-process.ts';
import { startPhones } from './phones.ts';

const limitMs = deepRuns(240_000, 900_000);
const answersBetweenKills = deepRuns(60, 2_000);

afterAll(endAll);

describe('SIGKILL of the database engine under twenty patients', () => {
  test(
    'three times: no acknowledged answer is lost, none is doubled, and the service recovers by itself',
    async () => {
      const folder = dataFolder();
      const service = await startServiceProcess({ DATA_DIR: folder, PUBLIC_SUBMITS: '1000000' });
      await service.ready();
      const phones = startPhones(20, () => service.baseUrl);
      for (let kills = 0; kills < 3; kills += 1) {
        const enough = phones.receipts.size + answersBetweenKills;
        await eventually('answers are acknowledged', () => phones.receipts.size >= enough, limitMs);
        const engine = enginePid(folder) ?? 0;
        process.kill(engine, 'SIGKILL');
        await eventually('another engine runs', () => (enginePid(folder) ?? engine) !== engine, 60_000);
      }
      await phones.finish();

      await eventually(
        'it is ready again',
        async () => (await statusOf(`${service.baseUrl}/readyz`)) === 200,
      );
      const ids = (await storedBy(folder, 'surveyResponses')).map(({ _id }) => _id);
      expect(phones.receipts.size).toBe(phones.begun.size);
      expect(ids.toSorted()).toEqual([...phones.receipts.keys()].toSorted());
      expect(phones.strange).toEqual([]);
      const [id = '', receipt] = [...phones.receipts].at(0) ?? [];
      const again = await httpClient(service.baseUrl).post('/api/v1/survey-responses', phones.begun.get(id));
      expect([again.status, again.text]).toEqual([200, receipt]);
      expect((await service.stop()).code).toBe(0);
    },
    limitMs,
  );
});
