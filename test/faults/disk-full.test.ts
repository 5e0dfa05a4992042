import { afterAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { eventually } from '../support/eventually.ts';
import { dataFolder, endAll, startServiceProcess, statusOf, storedBy } from '../support/service-process.ts';
import { startPhones } from './phones.ts';

const limitMs = 240_000;
/** Far less than the engine's journal already has: its next write fails, and so does each of its restarts. */
const fullBytes = 65_536;

/** Sets how long a file of a process, and of the children it starts from now on, may become: to a full disk and back. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${String(bytes)}:unlimited`]);
}

/** The processes of the service's engine: its children. */
function childrenOf(pid: number): readonly number[] {
  const found = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return found.trim().split(/\s+/u).map(Number);
}

afterAll(endAll);

describe('a disk that is full', () => {
  test(
    'answers 503 with Retry-After and acknowledges nothing that is not stored; with space again it works by itself',
    async () => {
      const folder = dataFolder();
      const service = await startServiceProcess({ DATA_DIR: folder, PUBLIC_SUBMITS: '1000000' });
      await service.ready();
      const phones = startPhones(20, () => service.baseUrl);
      await eventually('answers are acknowledged', () => phones.receipts.size >= 50, limitMs);

      for (const pid of [service.pid, ...childrenOf(service.pid)]) limitFiles(pid, fullBytes);
      const before = phones.later();
      await eventually('they are told to come later', () => phones.later() >= before + 20, limitMs);
      await eventually('it is not ready', async () => (await statusOf(`${service.baseUrl}/readyz`)) === 503);
      const healthy = await statusOf(`${service.baseUrl}/healthz`);
      limitFiles(service.pid, 'unlimited');
      const enough = phones.receipts.size + 50;
      await eventually('answers are acknowledged again', () => phones.receipts.size >= enough, limitMs);
      await phones.finish();

      expect(healthy).toBe(200);
      expect(phones.strange).toEqual([]);
      const ids = (await storedBy(folder, 'surveyResponses')).map(({ _id }) => _id);
      expect(ids.toSorted()).toEqual([...phones.receipts.keys()].toSorted());
      expect(phones.receipts.size).toBe(phones.begun.size);
      expect((await service.stop()).code).toBe(0);
    },
    limitMs,
  );
});
