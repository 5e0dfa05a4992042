import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditEvidence } from '../../src/audit/audit-evidence.node.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { heldEvidence } from '../support/test-audit.ts';
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

/** A long time passes, with a service that seals every so often. */
async function laterBy(audit: AuditSlice, days: number): Promise<void> {
  for (let passed = 0; passed < days; passed += 36) {
    world.clock.advance(Math.min(36, days - passed) * dayMs);
    await audit.sealDays(world.clock.now());
  }
}

const old = (id: string, at: string): never =>
  ({
    _id: id,
    at: new Date(at),
    actor: 'a',
    action: 'session.login',
    subject: 's',
    outcome: 'succeeded',
  }) as never;

describe('what is older than the retention', () => {
  test('is removed in whole days, and the rest is verified from the seal on', async () => {
    const audit = world.startProcess();
    await nights(audit, 4, () => act(audit, 2));
    const [first = {}] = await world.rows();
    await laterBy(audit, 178);

    await audit.removeOldEvents(world.clock.now());

    const rows = await world.rows();
    // It is 1 April: of 3 October on all is kept, and the removal is an event itself.
    expect(rows.map(({ at, action }) => [(at as Date).toISOString().slice(0, 10), action])).toEqual([
      ['2026-10-03', 'staff-member.save'],
      ['2026-10-03', 'staff-member.save'],
      ['2026-10-04', 'staff-member.save'],
      ['2026-10-04', 'staff-member.save'],
      ['2027-04-01', 'audit.remove'],
    ]);
    expect(await world.startProcess().verify()).toMatchObject({ events: 5, problems: [] });

    // A removal that was interrupted leaves events that may go, and the next night takes them.
    await collection('auditEvents').insertOne(first as never);
    expect(await kinds(audit)).toEqual([]);
    await audit.removeOldEvents(world.clock.now());
    expect(await collection('auditEvents').findOne({ _id: first['_id'] as never })).toBeNull();

    await collection('auditEvents').deleteOne({ _id: String(rows[0]?.['_id']) });
    expect(await kinds(world.startProcess())).toEqual(['removed']);
  });
});

describe('events from before there were chains', () => {
  test('are counted and not verified; later nobody can add one', async () => {
    await collection('auditEvents').insertMany([
      old('o1', '2026-09-01T00:00:00Z'),
      old('o2', '2026-09-02T00:00:00Z'),
    ]);
    const audit = world.startProcess();
    await nights(audit, 1, () => act(audit, 1));
    expect(await audit.verify()).toMatchObject({ events: 1, beforeChain: 2, problems: [] });

    await collection('auditEvents').insertOne(old('o3', '2026-09-03T00:00:00Z'));

    expect(await kinds(audit)).toEqual(['inserted']);
  });
});

describe('outside the database', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'audit-evidence-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('seals and marks are files of their owner only, and a line that was changed is found', async () => {
    const evidence = openAuditEvidence(folder);
    const audit = world.startProcess({ evidence });
    await nights(audit, 2, () => act(audit, 1));
    await audit.end();

    const file = join(folder, 'audit-seals.jsonl');
    const [mark = ''] = readdirSync(join(folder, 'chains'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'chains', mark)).mode & 0o777).toBe(0o600);
    const another = world.startProcess({ evidence });
    expect(await kinds(another)).toEqual([]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('2026-10-02', '2026-10-07'));
    expect(await kinds(another)).toEqual(['evidence-forged']);
  });

  test('what was written before a restore says nothing any more', async () => {
    const audit = world.startProcess();
    await act(audit, 3);
    const backup = await world.rows();
    await nights(audit, 1, () => act(audit, 3));
    await audit.end();
    await collection('auditEvents').deleteMany({});
    await collection('auditSeals').deleteMany({});
    await collection('auditEvents').insertMany(backup as never[]);
    const restored = world.startProcess();
    expect(await kinds(restored)).not.toEqual([]);

    await restored.noteRestore();

    expect(await restored.verify()).toMatchObject({ events: 3, problems: [], restoredAt: world.clock.now() });
  });

  test('a seal that could not be written is there after the next night, once, with its line in the log', async () => {
    const logged: object[] = [];
    const log = { debug: () => undefined, info: (line: object) => void logged.push(line), warn: () => undefined, error: (line: object) => void logged.push(line) }; // prettier-ignore
    const held = world.evidence();
    let full = true;
    const addLine = (line: string): Promise<void> =>
      full ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : held.addLine(line);
    const audit = world.startProcess({ evidence: { ...held, addLine }, log });
    await nights(audit, 2, () => act(audit, 1));
    expect(held.kept.lines).toEqual([]);
    expect(logged.filter((line) => 'code' in line)).toHaveLength(3);

    full = false;
    await nights(audit, 2, () => act(audit, 1));

    const days = held.kept.lines.map((line) => String((JSON.parse(line) as { day: unknown }).day));
    expect(days).toEqual(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04']);
    await collection('auditSeals').deleteMany({});
    expect(new Set(await kinds(audit))).toEqual(new Set(['seal-missing']));
  });

  test('a process that dies between the database and the folder leaves its seal to the next run', async () => {
    const audit = world.startProcess();
    await nights(audit, 2, () => act(audit, 1));
    const lost = world.evidence().kept.lines.pop();

    await world.startProcess().sealDays(world.clock.now());

    expect(world.evidence().kept.lines.at(-1)).toBe(lost);
  });

  test('each instance has all seals in a folder of its own, whoever sealed the day', async () => {
    const audit = world.startProcess();
    const evidence = heldEvidence();
    const other = world.startProcess({ evidence });
    await nights(audit, 3, () => act(audit, 1));

    await other.sealDays(world.clock.now());

    expect(evidence.kept.lines).toEqual(world.evidence().kept.lines);
  });

  test('a folder that cannot be written keeps nobody from working, and the log has the seal', async () => {
    const lines: object[] = [];
    const log = { debug: () => undefined, info: (line: object) => void lines.push(line), warn: () => undefined, error: (line: object) => void lines.push(line) }; // prettier-ignore
    const audit = world.startProcess({ evidence: openAuditEvidence('/dev/null/nowhere'), log });

    await nights(audit, 1, () => act(audit, 1));

    expect(lines).toMatchObject([{ auditSeal: { day: '2026-10-01', chains: 1 } }, { code: 'ENOTDIR' }]);
  });
});

describe('the nightly verification', () => {
  test('is kept under a code, and an alarm is in the log', async () => {
    const errors: object[] = [];
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (line: object) => void errors.push(line) }; // prettier-ignore
    const audit = world.startProcess({ log });
    const verify = audit.jobs.find(({ name }) => name === 'verify-audit-trail');
    await act(audit, 3);
    await verify?.run(world.clock.now());
    expect(await audit.lastVerification()).toMatchObject({
      at: world.clock.now(),
      events: 3,
      problemCount: 0,
    });
    await collection('auditEvents').updateMany({}, { $set: { actor: 'x' } });
    world.clock.advance(dayMs);

    await verify?.run(world.clock.now());

    expect(errors).toMatchObject([{ problemCount: 3, first: { kind: 'altered', count: 1 } }]);
    expect(await audit.lastVerification()).toMatchObject({ problemCount: 3 });
    const stored = await collection('auditStates').findOne({ _id: 'verification' });
    const text = String(Reflect.get(stored ?? {}, 'text')).replace('"problemCount":3', '"problemCount":0');
    await collection('auditStates').updateOne({ _id: 'verification' }, { $set: { text } });
    expect(await audit.lastVerification()).toBeNull();
  });
});
