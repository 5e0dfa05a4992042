import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { movingClock } from '../support/moving-clock.ts';
import { startTestService } from '../support/test-service.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { act, openAuditWorld } from './audit-world.ts';
import type { AuditWorld } from './audit-world.ts';

/* Before the first night there is no seal of a day yet: what somebody slips in until then. */

let world: AuditWorld;
beforeAll(async () => {
  world = await openAuditWorld();
});
beforeEach(async () => {
  await world.clear();
  world.clock.set('2026-10-01T02:00:00Z');
});
afterAll(() => world.database.drop());

const collection = (name: string) => world.database.connection.collection<{ _id: string }>(name);
const kinds = async (audit: AuditSlice): Promise<readonly string[]> =>
  (await audit.verify()).problems.map(({ kind }) => kind);

/** An event without its place in a chain, as from before there were chains. */
const slipIn = (id: string, at: string) =>
  collection('auditEvents').insertOne({
    _id: id,
    at: new Date(at),
    actor: 'a',
    action: 'account.create',
    subject: 's',
    outcome: 'succeeded',
  } as never);

async function night(audit: AuditSlice): Promise<void> {
  world.clock.advance(86_400_000);
  await audit.sealDays(world.clock.now());
}

describe('the first day of a new installation', () => {
  test('begins with the statement that there was nothing before, in the database and outside', async () => {
    const audit = world.startProcess();
    await audit.begin();

    const [seal, ...more] = await collection('auditSeals').find().toArray();
    expect(more).toEqual([]);
    expect(seal).toMatchObject({ _id: '2026-09-30', previous: '', beforeChain: 0, heads: [] });
    expect(world.evidence().kept.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { day: '2026-09-30', mac: String(Reflect.get(seal ?? {}, 'mac')) },
    ]);
    await act(audit, 2);
    await night(audit);
    expect(await audit.verify()).toMatchObject({ events: 2, lastSealed: '2026-10-01', problems: [] });
  });

  test.each(['2026-09-01T00:00:00Z', '2026-10-01T03:00:00Z'])(
    'lets nobody slip in an event of %s, neither before the night nor after it',
    async (at) => {
      const audit = world.startProcess();
      await audit.begin();
      await act(audit, 1);

      await slipIn('o1', at);

      expect(await kinds(audit)).toEqual(['inserted']);
      await night(audit);
      expect(await kinds(audit)).toEqual(['inserted']);
    },
  );

  test('tells of it also when the statement is taken away from the database', async () => {
    const audit = world.startProcess();
    await audit.begin();
    await act(audit, 1);

    await slipIn('o1', '2026-09-01T00:00:00Z');
    await collection('auditSeals').deleteMany({});
    await night(audit);

    expect(await kinds(audit)).toEqual(['seal-missing']);
  });

  test('is begun once, by however many instances and however often they start', async () => {
    const instances = [world.startProcess(), world.startProcess(), world.startProcess()];
    await Promise.all(instances.map((audit) => audit.begin()));
    await Promise.all(instances.map((audit) => act(audit, 1)));
    world.clock.advance(2 * 86_400_000);
    await world.startProcess().begin();

    expect(await collection('auditSeals').countDocuments()).toBe(1);
    expect(await kinds(world.startProcess())).toEqual([]);
  });

  test('is begun by the service itself before it records anything', async () => {
    const clock = movingClock('2026-11-02T02:00:00Z');
    const service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });

    expect(await service.stored('auditSeals')).toMatchObject([{ _id: '2026-11-01', beforeChain: 0 }]);
    expect(await service.composition.audit.verify()).toMatchObject({ beforeChain: 0, problems: [] });
    await service.stop();
  });
});

describe('an installation that has events from before there were chains', () => {
  test('states nothing about them, and seals their number as ever', async () => {
    await slipIn('o1', '2026-09-01T00:00:00Z');
    const audit = world.startProcess();

    await audit.begin();
    await act(audit, 1);
    await night(audit);

    expect(await audit.verify()).toMatchObject({ events: 1, beforeChain: 1, problems: [] });
    await slipIn('o2', '2026-09-02T00:00:00Z');
    expect(await kinds(audit)).toEqual(['inserted']);
  });
});
