import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { latestDuePeriod } from '../support/due-period.ts';
import {
  dataFolder,
  endAll,
  severalStartsMs,
  startBuilt,
  startServiceProcess,
  storedBy,
} from '../support/service-process.ts';

/* Who stands at the server needs no account: what the commands change or copy is in the audit trail all the same. */

const period = latestDuePeriod(new Date());

let folder: string;

beforeAll(async () => {
  folder = dataFolder();
  const service = await startServiceProcess({ DATA_DIR: folder, DEMO: 'false' });
  await service.ready();
});

afterAll(endAll);

async function run(script: string, args: readonly string[]): Promise<number | null> {
  return (await startBuilt(`scripts/${script}.js`, { DATA_DIR: folder }, args).ended).code;
}

/** Action, object and outcome of what a command of the server has recorded, in its order. */
async function toldOf(command: string): Promise<readonly string[]> {
  const stored = await storedBy(folder, 'auditEvents');
  const events = stored.toSorted((one, other) => Number(one['at']) - Number(other['at']));
  const last = events.findLast(({ subject }) => subject === `script/${command}`);
  const own = events.filter(({ requestId }) => requestId !== undefined && requestId === last?.['requestId']);
  expect(new Set(own.map(({ actor }) => actor))).toEqual(new Set(own.length === 0 ? [] : ['system']));
  return own.map(({ action, subject, outcome }) => `${String(action)} ${String(subject)} ${String(outcome)}`);
}

describe('a command at the server', () => {
  test(
    'that closes a month is announced, and told with the closing under one request',
    async () => {
      expect(await run('close-month', [period])).toBe(0);

      expect(await toldOf('close-month')).toEqual([
        'script.run script/close-month attempted',
        `scorecard.close period/${period} attempted`,
        `scorecard.close period/${period} succeeded`,
        'script.run script/close-month succeeded',
      ]);
    },
    severalStartsMs,
  );

  test(
    'that resets a password is announced before, also when it comes to nothing',
    async () => {
      expect(await run('reset-password', ['admin'])).toBe(0);
      const told = await toldOf('reset-password');
      expect(told[0]).toBe('script.run script/reset-password attempted');
      expect(told.slice(1)).toContainEqual(expect.stringMatching(/^account\.reset-password .* succeeded$/));
      expect(told.at(-1)).toBe('script.run script/reset-password succeeded');

      expect(await run('reset-password', ['nobody'])).toBe(1);
      expect(await toldOf('reset-password')).toEqual([
        'script.run script/reset-password attempted',
        'script.run script/reset-password refused',
      ]);
    },
    severalStartsMs,
  );

  test(
    'that copies the whole database, or puts it under another key, is told',
    async () => {
      expect(await run('backup', [join(folder, 'copy.gz')])).toBe(0);
      expect(await run('rotate-keys', [])).toBe(0);

      for (const command of ['backup', 'keys:rotate'])
        expect(await toldOf(command)).toEqual([
          `script.run script/${command} attempted`,
          `script.run script/${command} succeeded`,
        ]);
    },
    severalStartsMs,
  );

  test(
    'leaves a trail that is whole',
    async () => {
      expect(await run('audit-verify', [])).toBe(0);
    },
    severalStartsMs,
  );
});
