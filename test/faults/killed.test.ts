import { afterAll, describe, expect, test } from '@jest/globals';
import { submission } from '../journeys/loop-answers.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import {
  dataFolder,
  endAll,
  enginePid,
  isAlive,
  startServiceProcess,
  storedBy,
  severalStartsMs,
} from '../support/service-process.ts';

afterAll(endAll);

describe('SIGKILL of the service while people answer', () => {
  test(
    'ends its engine too; the next start on the same folder has every acknowledged answer once, and takes the others again',
    async () => {
      const folder = dataFolder();
      const killed = await startServiceProcess({ DATA_DIR: folder });
      await killed.ready();
      const engine = enginePid(folder) ?? 0;
      const patient = httpClient(killed.baseUrl);
      const bodies = Array.from({ length: 60 }, (_, i) => submission(i % 40));
      const receipts = new Map<unknown, string>();
      const submits = bodies.map(async (body) => {
        // An answer that never comes is no answer: the patient's phone keeps it and sends it again.
        const answer = await patient.post('/api/v1/survey-responses', body).catch(() => null);
        if (answer?.status === 201) receipts.set(body['submissionId'], answer.text);
      });
      await eventually('some answers are acknowledged', () => receipts.size >= 10);

      killed.signal('SIGKILL');
      expect((await killed.ended).signal).toBe('SIGKILL');
      await Promise.all(submits);
      await eventually('the engine has ended by itself', () => !isAlive(engine));
      const next = await startServiceProcess({ DATA_DIR: folder });
      await next.ready();
      const kept = (await storedBy(folder, 'surveyResponses')).map(({ _id }) => _id);
      const again = await Promise.all(
        bodies.map((body) => httpClient(next.baseUrl).post('/api/v1/survey-responses', body)),
      );

      expect(kept).toEqual(expect.arrayContaining([...receipts.keys()]));
      expect(again.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
      const repeated = again.filter((_, index) => receipts.has(bodies[index]?.['submissionId']));
      expect(repeated.map(({ status }) => status)).toEqual([...receipts].map(() => 200));
      expect(new Set(repeated.map(({ text }) => text))).toEqual(new Set(receipts.values()));
      expect(await storedBy(folder, 'surveyResponses')).toHaveLength(bodies.length);
      expect((await next.stop()).code).toBe(0);
    },
    severalStartsMs,
  );
});
