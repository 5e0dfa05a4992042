import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testAudit } from '../support/test-audit.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Department } from '../../src/departments/department.ts';
import { wireDepartments } from '../../src/departments/departments.wiring.ts';
import { openToAll } from '../../src/http/route.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const sample = `${projectRoot()}/config/departments.sample.json`;
const department = (code: string, name = code): Department => ({
  code,
  name: { 'zh-Hans': name },
  kind: 'clinical',
  active: true,
  recipients: [],
  ...noDetails,
});
const list = (...departments: readonly Department[]): unknown => ({ departments });
const now = { dryRun: false, actor: 'admin-1' };

let database: TestDatabase;
let audit: AuditSlice;
let moment: Date;
beforeEach(async () => {
  database = await openTestDatabase();
  moment = new Date('2026-10-20T00:00:00Z');
  const clock = { now: () => moment };
  audit = testAudit(database.connection, clock);
});
afterEach(async () => {
  await database.drop();
});

const wire = (seedFile: string | null = null) =>
  wireDepartments({
    connection: database.connection,
    clock: { now: () => moment },
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard: () => openToAll,
    recordAuditEvent: audit.recordAuditEvent,
    translate: testTranslate,
    languages: locales,
    shell: () => ({}),
    renderPage: () => '',
    seedFile,
  });

describe('importing departments', () => {
  test('tells new, changed and unchanged row by row, and again changes nothing', async () => {
    const { importDepartments, listDepartments } = wire();
    await importDepartments(list(department('aa'), department('bb')), now);

    const result = await importDepartments(
      list(department('bb', 'B'), department('cc'), department('aa')),
      now,
    );
    const again = await importDepartments(list(department('bb', 'B')), now);

    expect(result).toEqual({
      dryRun: false,
      rows: [
        { code: 'bb', outcome: 'changed' },
        { code: 'cc', outcome: 'new' },
        { code: 'aa', outcome: 'unchanged' },
      ],
    });
    expect(again.rows).toEqual([{ code: 'bb', outcome: 'unchanged' }]);
    expect(await listDepartments()).toEqual([department('aa'), department('bb', 'B'), department('cc')]);
  });

  test('as a dry run says the same and writes nothing, not even an audit event', async () => {
    const { importDepartments, listDepartments } = wire();
    await importDepartments(list(department('aa')), now);
    const before = await audit.store.latest(100);

    const { rows } = await importDepartments(list(department('aa', 'A'), department('bb')), {
      ...now,
      dryRun: true,
    });

    expect(rows).toEqual([
      { code: 'aa', outcome: 'changed' },
      { code: 'bb', outcome: 'new' },
    ]);
    expect(await listDepartments()).toEqual([department('aa')]);
    expect(await audit.store.latest(100)).toEqual(before);
  });

  test('writes nothing when one row has a fault', async () => {
    const { importDepartments, listDepartments } = wire();

    await expect(importDepartments(list(department('aa'), department('B!')), now)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'departments_invalid',
      errors: [{ pointer: '/departments/1/code' }],
    });
    expect(await listDepartments()).toEqual([]);
  });

  test('is audited by fields, without values', async () => {
    const { importDepartments } = wire();
    await importDepartments(list(department('aa')), now);
    await importDepartments(list({ ...department('aa', '秘密名'), active: false }), now);

    const events = await audit.store.ofSubject('department/aa', 10);

    expect(events.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(2);
    expect(events).toContainEqual(
      expect.objectContaining({
        actor: 'admin-1',
        action: 'department.save',
        fields: ['name', 'active', 'until'],
      }),
    );
    expect(JSON.stringify(events)).not.toContain('秘密名');
  });

  test('by two at once ends with one of the two states and loses no name in between', async () => {
    const [one, two] = [wire(), wire()];
    await one.importDepartments(list(department('aa', 'before')), now);
    moment = new Date('2026-10-21T00:00:00Z');

    await Promise.all([
      one.importDepartments(list(department('aa', 'x')), now),
      two.importDepartments(list(department('aa', 'y')), now),
    ]);

    const found = await one.findDepartment('aa');
    expect(['x', 'y']).toContain(found?.name['zh-Hans']);
    expect((await one.findDepartment('aa', '2026-10-20'))?.name['zh-Hans']).toBe('before');
  });
});

describe('finding departments', () => {
  test('gives the name in force on a day', async () => {
    const { importDepartments, findDepartment, listDepartments } = wire();
    await importDepartments(list(department('aa', '外科')), now);
    moment = new Date('2026-11-30T16:00:00Z');
    await importDepartments(list(department('aa', '普外科')), now);

    expect((await findDepartment('aa', '2026-11-30'))?.name['zh-Hans']).toBe('外科');
    expect((await findDepartment('aa'))?.name['zh-Hans']).toBe('普外科');
    expect((await listDepartments({ on: '2026-11-30' }))[0]?.name['zh-Hans']).toBe('外科');
    expect((await listDepartments({ on: '2026-12-01' }))[0]?.name['zh-Hans']).toBe('普外科');
  });

  test('lists an inactive one only when asked, and still finds it', async () => {
    const { importDepartments, findDepartment, listDepartments } = wire();
    await importDepartments(list({ ...department('aa'), active: false }), now);

    expect(await listDepartments()).toEqual([]);
    expect(await listDepartments({ includeInactive: true })).toHaveLength(1);
    expect((await findDepartment('aa'))?.active).toBe(false);
    expect(await findDepartment('zz')).toBeNull();
  });

  test('sees what another instance did: a new one within a second, a change within ten', async () => {
    const [here, there] = [wire(), wire()];
    await there.importDepartments(list(department('aa', 'old')), now);
    expect((await here.findDepartment('aa'))?.name['zh-Hans']).toBe('old');
    await there.importDepartments(list(department('aa', 'new'), department('bb')), now);

    moment = new Date(moment.getTime() + 1001);
    expect(await here.findDepartment('bb')).not.toBeNull();
    await there.importDepartments(list(department('aa', 'newer')), now);
    expect((await here.findDepartment('aa'))?.name['zh-Hans']).toBe('new');
    moment = new Date(moment.getTime() + 10_001);
    expect((await here.findDepartment('aa'))?.name['zh-Hans']).toBe('newer');
  });
});

describe('the seed', () => {
  test('fills an empty database, by two instances at once too, and leaves any other alone', async () => {
    const [one, two] = [wire(sample), wire(sample)];
    await Promise.all([one.seed(), two.seed()]);
    const seeded = await one.listDepartments();
    expect(seeded.map(({ code }) => code)).toContain('billing');

    await one.importDepartments(list({ ...department('billing', '财务处'), active: true }), now);
    await two.seed();

    expect((await one.findDepartment('billing'))?.name['zh-Hans']).toBe('财务处');
    expect(await one.listDepartments()).toHaveLength(seeded.length);
  });

  test('is left out when the hospital has none', async () => {
    const slice = wire();
    await slice.seed();

    expect(await slice.listDepartments()).toEqual([]);
  });

  test('that cannot be read says which file in one sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'departments-'));
    const file = join(folder, 'd.json');
    try {
      await expect(wire(file).seed()).rejects.toThrow(/d\.json cannot be read\.$/);
      writeFileSync(file, '{');
      await expect(wire(file).seed()).rejects.toThrow(/d\.json is not JSON\.$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
