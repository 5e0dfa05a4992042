import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { deepRuns } from '../support/deep.ts';
import { act, openAuditWorld } from './audit-world.ts';
import type { AuditWorld } from './audit-world.ts';

/* Somebody who can write the database, but has no key, changes the trail: it is always found. */

let world: AuditWorld;
beforeAll(async () => {
  world = await openAuditWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.database.drop());

const events = () =>
  world.database.connection.collection<Record<string, unknown> & { _id: string }>('auditEvents');
const seals = () =>
  world.database.connection.collection<Record<string, unknown> & { _id: string }>('auditSeals');
const runs = deepRuns(60, 1_000);
const limitMs = deepRuns(60_000, 1_800_000);

interface Day {
  /** Events of each process. */
  readonly written: readonly number[];
  /** Which process is started anew at the day's end, and whether in order. */
  readonly restart: number | null;
  readonly cleanly: boolean;
}

const day: fc.Arbitrary<Day> = fc.record({
  written: fc.tuple(fc.nat(4), fc.nat(4)),
  restart: fc.option(fc.nat(1), { nil: null }),
  cleanly: fc.boolean(),
});
const days = fc.array(day, { minLength: 1, maxLength: 4 });
const dayMs = 86_400_000;

async function liveOn(processes: AuditSlice[], { written, restart, cleanly }: Day): Promise<void> {
  for (const [index, audit] of processes.entries()) await act(audit, written[index] ?? 0);
  const stopped = restart === null ? undefined : processes[restart];
  if (stopped && cleanly) await stopped.end();
  if (restart !== null) processes[restart] = world.startProcess();
  world.clock.advance(dayMs);
}

/**
 * Two processes through some days, sealed every night; the last day is not over. A new installation says first that there was
 * nothing before it. Gives a process that verifies.
 */
async function live(story: readonly Day[], isNew: boolean): Promise<AuditSlice> {
  await world.clear();
  world.clock.set('2026-10-01T02:00:00Z');
  if (isNew) await world.startProcess().begin();
  const processes = [world.startProcess(), world.startProcess()];
  await act(world.startProcess(), 1);
  for (const one of story) {
    await liveOn(processes, one);
    await world.startProcess().sealDays(world.clock.now());
  }
  for (const audit of processes) {
    await act(audit, 1);
    await audit.end();
  }
  return world.startProcess();
}

type Row = Record<string, unknown> & { _id: string };
type Tampering = (rows: readonly Row[], at: number, by: number) => Promise<unknown>;

const pick = (rows: readonly Row[], at: number): Row => rows[at % rows.length] ?? { _id: '' };
const fields = [
  'at',
  'actor',
  'action',
  'subject',
  'outcome',
  'requestId',
  'fields',
  'seq',
  'previous',
  'mac',
];
const otherValues: Readonly<Record<string, unknown>> = {
  at: new Date('2026-10-01T03:33:33Z'),
  outcome: 'refused',
  fields: ['phone'],
  seq: 99,
};

const tamperings: Readonly<Record<string, Tampering>> = {
  'another value in a field': (rows, at, by) => {
    const field = fields[by % fields.length] ?? 'at';
    return events().updateOne(
      { _id: pick(rows, at)._id },
      { $set: { [field]: otherValues[field] ?? 'somebody' } },
    );
  },
  'a field more': (rows, at) => events().updateOne({ _id: pick(rows, at)._id }, { $set: { note: 'x' } }),
  'a field less': (rows, at) => events().updateOne({ _id: pick(rows, at)._id }, { $unset: { action: 1 } }),
  'an event removed': (rows, at) => events().deleteOne({ _id: pick(rows, at)._id }),
  'the tail of a chain cut': (rows, at) => {
    const { _id, chain } = pick(rows, at);
    return events().deleteMany({ chain, _id: { $gte: _id } });
  },
  'the beginning of a chain cut': (rows, at) => {
    const { _id, chain } = pick(rows, at);
    return events().deleteMany({ chain, _id: { $lte: _id } });
  },
  'a whole chain removed': (rows, at) => events().deleteMany({ chain: pick(rows, at)['chain'] }),
  'an event inserted behind a chain': async (rows, at) => {
    const { chain } = pick(rows, at);
    const last = rows.findLast((row) => row['chain'] === chain);
    const seq = Number(last?.['seq']) + 1;
    const _id = `${String(chain)}/${String(seq).padStart(10, '0')}`;
    await events().insertOne({ ...last, _id, seq, previous: last?.['mac'] });
  },
  'a chain of one’s own': (rows, at) =>
    events().insertOne({ ...pick(rows, at), _id: 'mine/0000000001', chain: 'mine', seq: 1, previous: '' }),
  'an event under an id of another kind': (rows, at) =>
    events().insertOne({ ...pick(rows, at), _id: 7 as never }),
  'two events exchanged': async (rows, at, by) => {
    const [one, two] = [pick(rows, at), pick(rows, at + 1 + (by % (rows.length - 1)))];
    await events().replaceOne({ _id: one._id }, { ...two, _id: one._id });
    await events().replaceOne({ _id: two._id }, { ...one, _id: two._id });
  },
  'an event without its place, as from before chains': async (rows, at) => {
    const place = new Set(['chain', 'seq', 'previous', 'mac']);
    const event = pick(rows, at);
    await events().deleteOne({ _id: event._id });
    const rest = Object.fromEntries(Object.entries(event).filter(([name]) => !place.has(name)));
    await events().insertOne({ ...rest, _id: 'an-old-looking-id' });
  },
  'a seal with another content': async (_rows, at) => {
    const stored = await seals().find().sort({ _id: 1 }).toArray();
    const { _id } = stored[at % stored.length] ?? { _id: '' };
    await seals().updateOne({ _id }, { $set: { heads: [], sealedAt: new Date() } });
  },
  'a seal removed': async (_rows, at) => {
    const stored = await seals().find().sort({ _id: 1 }).toArray();
    await seals().deleteOne({ _id: stored[at % stored.length]?._id ?? '' });
  },
  'all events and seals removed': async () => {
    await events().deleteMany({});
    await seals().deleteMany({});
  },
  'events removed under a forged note of the retention': async (rows) => {
    await events().deleteMany({ chain: rows[0]?.['chain'] });
    await world.database.connection
      .collection<{ _id: string }>('auditStates')
      .insertOne({ _id: 'removed-up-to', text: '"2026-10-02"', mac: 'x' } as never);
  },
};

describe('a trail of two processes over some days, sealed every night', () => {
  test(
    'has no problem while nobody touches it',
    async () => {
      await fc.assert(
        fc.asyncProperty(days, fc.boolean(), async (story, isNew) => {
          const audit = await live(story, isNew);

          const found = await audit.verify();

          expect(found.problems).toEqual([]);
          expect(found.events).toBe((await world.rows()).length);
        }),
        { numRuns: Math.ceil(runs / 2) },
      );
    },
    limitMs,
  );

  test.each(Object.keys(tamperings))(
    'has a problem after: %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(days, fc.boolean(), fc.nat(1_000), fc.nat(1_000), async (story, isNew, at, by) => {
          const audit = await live(story, isNew);
          const before = JSON.stringify([await world.rows(), await seals().find().toArray()]);

          await tamperings[name]?.((await world.rows()) as Row[], at, by);

          expect(JSON.stringify([await world.rows(), await seals().find().toArray()])).not.toBe(before);
          expect((await audit.verify()).problemCount).toBeGreaterThan(0);
        }),
        { numRuns: Math.ceil(runs / 12) },
      );
    },
    limitMs,
  );
});
