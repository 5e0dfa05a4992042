import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { changedRecord, departmentOn, newRecord } from '../../src/departments/department-record.ts';
import type { DepartmentRecord } from '../../src/departments/department-record.ts';
import { createDepartmentStore } from '../../src/departments/department.store.ts';
import type { DepartmentStore } from '../../src/departments/department.store.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Department } from '../../src/departments/department.ts';
import { createSaveDepartment } from '../../src/departments/save-department.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const named = (code: string, name: string): Department => ({
  code,
  name: { 'zh-Hans': name },
  kind: 'clinical',
  active: true,
  recipients: [],
  ...noDetails,
});
const today = '2026-10-20';

let database: TestDatabase;
let store: DepartmentStore;
let outcomes: AuditEvent['outcome'][];
beforeAll(async () => {
  database = await openTestDatabase();
  store = createDepartmentStore(database.connection);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  outcomes = [];
});

/** Saves with somebody else's change between each reading and writing. */
const saverWith = (meanwhile: (found: DepartmentRecord | null) => Promise<unknown>) =>
  createSaveDepartment({
    store: {
      ...store,
      find: async (code) => {
        const found = await store.find(code);
        await meanwhile(found);
        return found;
      },
    },
    clock: { now: () => new Date('2026-10-20T04:00:00Z') },
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    recordAuditEvent: ({ outcome }) => {
      outcomes.push(outcome);
      return Promise.resolve();
    },
    translate: testTranslate,
    forget: () => undefined,
  });

describe('saving a department', () => {
  test('builds upon a change that came in between instead of writing over its history', async () => {
    await store.insert(newRecord(named('aa', 'old'), '2026-01-01'));
    let others = 0;
    const save = saverWith(async (found) => {
      others += 1;
      if (found && others === 1)
        await store.replace(changedRecord(found, named('aa', 'theirs'), '2026-10-19'));
    });

    expect(await save(named('aa', 'ours'), { actor: 'a' })).toBe('changed');

    const record = await store.find('aa');
    expect(record?.names.map(({ name }) => name['zh-Hans'])).toEqual(['old', 'theirs', 'ours']);
    expect(record?.revision).toBe(3);
    expect(outcomes).toEqual(['attempted', 'failed', 'attempted', 'succeeded']);
  });

  test('that somebody else has just added changes theirs', async () => {
    const save = saverWith(() => store.insert(newRecord(named('bb', 'theirs'), '2026-10-19')));

    expect(await save(named('bb', 'ours'), { actor: 'a' })).toBe('changed');

    const record = await store.find('bb');
    expect(record && departmentOn(record, today).name['zh-Hans']).toBe('ours');
  });

  test('gives up as busy when others keep changing it', async () => {
    await store.insert(newRecord(named('cc', 'old'), '2026-01-01'));
    let others = 0;
    const save = saverWith((found) => {
      others += 1;
      return found
        ? store.replace(changedRecord(found, named('cc', `t${others}`), today))
        : Promise.resolve();
    });

    await expect(save(named('cc', 'ours'), { actor: 'a' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'department_busy',
    });
    expect(outcomes).not.toContain('succeeded');
  });
});
