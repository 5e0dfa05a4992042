import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { eventually } from '../support/eventually.ts';
import { act, openAuditWorld } from './audit-world.ts';
import type { AuditWorld } from './audit-world.ts';

let world: AuditWorld;
beforeAll(async () => {
  world = await openAuditWorld();
});
beforeEach(async () => {
  await world.clear();
  world.clock.set('2026-10-01T02:00:00Z');
});
afterAll(() => world.database.drop());

const dayMs = 86_400_000;
const collection = (name: string) => world.database.connection.collection<{ _id: string }>(name);
const kinds = async (audit: AuditSlice): Promise<readonly string[]> =>
  (await audit.verify()).problems.map(({ kind }) => kind);

/** Nights pass; each is sealed and cleared of what is old. */
async function nights(audit: AuditSlice, count: number, doing: () => Promise<void> = async () => undefined) {
  for (let night = 0; night < count; night += 1) {
    await doing();
    world.clock.advance(dayMs);
    await audit.sealDays(world.clock.now());
    await audit.removeOldEvents(world.clock.now());
  }
}

describe('the chains of processes', () => {
  test('are one each, in the order in which events were told, whoever writes at the same time', async () => {
    const [one, two] = [world.startProcess(), world.startProcess()];

    await Promise.all([act(one, 300), act(two, 300)]);

    const rows = await world.rows();
    const chains = new Set(rows.map(({ chain }) => chain));
    expect(chains.size).toBe(2);
    for (const chain of chains) {
      const own = rows.filter((row) => row['chain'] === chain);
      expect(own.map(({ subject }) => subject)).toEqual(own.map((_, i) => `staff-member/${i}`));
    }
    expect(await one.verify()).toMatchObject({ events: 600, chains: 2, problems: [] });
  });

  test('go on from the last stored event after one that could not be stored', async () => {
    const audit = world.startProcess();
    await act(audit, 2);
    const events = collection('auditEvents');
    const [first] = await world.rows();
    const place = `${String(first?.['chain'])}/0000000003`;
    // Somebody else sits in the next place: what he wrote is no event of ours, so the process leaves that chain.
    await events.insertOne({ ...first, _id: place, seq: 3 } as never);

    await act(audit, 2);

    expect((await world.rows()).filter(({ actor }) => actor === 'a1')).toHaveLength(5);
    await events.deleteOne({ _id: place });
    expect(await audit.verify()).toMatchObject({ events: 4, chains: 2, problems: [] });
  });

  test('are ended by a process that stops in order, and a cut end is found', async () => {
    const audit = world.startProcess();
    await act(audit, 3);
    await audit.end();
    const rows = await world.rows();
    expect(rows.at(-1)).toMatchObject({ action: 'audit.end', actor: 'system' });

    await collection('auditEvents').deleteOne({ _id: String(rows.at(-1)?.['_id']) });

    expect((await world.startProcess().verify()).problems).toEqual([
      { kind: 'cut-tail', place: rows.at(-1)?.['_id'], count: 1 },
    ]);
  });

  test('of a process that was killed are marked outside a little later, and a cut end is found', async () => {
    const audit = world.startProcess();
    await act(audit, 5);
    await eventually('the mark', () => world.evidence().kept.marks.size === 1);

    const last = (await world.rows()).at(-1);
    await collection('auditEvents').deleteOne({ _id: String(last?.['_id']) });

    expect(await kinds(world.startProcess())).toEqual(['cut-tail']);
  });
});

describe('a day that is over', () => {
  test('has one seal of two instances that seal at once, in the database and outside it', async () => {
    const [one, two] = [world.startProcess(), world.startProcess()];
    await Promise.all([act(one, 3), act(two, 3)]);
    world.clock.advance(dayMs);

    await Promise.all([one.sealDays(world.clock.now()), two.sealDays(world.clock.now())]);

    const seals = await collection('auditSeals').find().toArray();
    expect(seals).toMatchObject([{ _id: '2026-10-01', previous: '' }]);
    const lines = world.evidence().kept.lines.map((line) => JSON.parse(line) as { day: string; mac: string });
    expect(new Set(lines.map(({ mac }) => mac))).toEqual(
      new Set(seals.map((seal) => String(Reflect.get(seal, 'mac')))),
    );
    expect(await kinds(one)).toEqual([]);
  });

  test('is sealed later when the service was down, each day by itself, and today is not sealed', async () => {
    await act(world.startProcess(), 1);
    world.clock.advance(5 * dayMs);
    const audit = world.startProcess();
    await act(audit, 1);

    expect(await audit.sealDays(world.clock.now())).toBe('2026-10-05');

    const seals = await collection('auditSeals').find().sort({ _id: 1 }).toArray();
    expect(seals.map(({ _id }) => _id)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05']); // prettier-ignore
    expect(seals.map((seal) => (Reflect.get(seal, 'heads') as unknown[]).length)).toEqual([1, 0, 0, 0, 0]);
  });

  test('cannot be sealed again in another way: all is compared with what stands outside', async () => {
    const audit = world.startProcess();
    await nights(audit, 3, () => act(audit, 2));
    await collection('auditSeals').deleteMany({});
    await collection('auditEvents').deleteMany({});
    const another = world.startProcess();
    await act(another, 4);
    world.clock.advance(dayMs);
    await another.sealDays(world.clock.now());

    expect(new Set(await kinds(another))).toEqual(new Set(['seal-missing', 'cut-tail']));
  });

  test('is verified by itself, between the seals around it', async () => {
    const audit = world.startProcess();
    await nights(audit, 4, () => act(audit, 5));
    const [, second] = await collection('auditSeals').find().sort({ _id: 1 }).toArray();
    const head = (Reflect.get(second ?? {}, 'heads') as { chain: string; seq: number }[])[0];
    const place = `${head?.chain}/${String((head?.seq ?? 0) + 1).padStart(10, '0')}`;
    await collection('auditEvents').updateOne({ _id: place }, { $set: { actor: 'x' } });

    expect(await audit.verify({ until: '2026-10-02' })).toMatchObject({ events: 10, problemCount: 0 });
    expect(await audit.verify({ from: '2026-10-03', until: '2026-10-03' })).toMatchObject({
      events: 5,
      problems: [{ kind: 'altered', place, count: 1 }],
    });
    expect(await audit.verify({ from: '2026-10-04' })).toMatchObject({ events: 5, problemCount: 0 });
  });
});
