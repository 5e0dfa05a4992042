import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDepartmentStore } from '../../src/departments/department.store.ts';
import { newRecord } from '../../src/departments/department-record.ts';
import { createReadDepartments } from '../../src/departments/read-departments.ts';
import type { ReadDepartments } from '../../src/departments/read-departments.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let departments: ReadDepartments;
let reads: number;
let down: boolean;
let now: number;
beforeAll(async () => {
  database = await openTestDatabase();
  const store = createDepartmentStore(database.connection);
  const name = { 'zh-Hans': '外科' };
  await store.insert(
    newRecord({ code: 'surgery', name, kind: 'clinical', active: true, recipients: [] }, '2026-01-01'),
  );
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  [reads, down, now] = [0, false, 1_000_000];
  const store = createDepartmentStore(database.connection);
  departments = createReadDepartments({
    clock: { now: () => new Date(now) },
    store: {
      list: () => {
        reads += 1;
        return down ? Promise.reject(new Error('away')) : store.list();
      },
    },
  });
});

describe('departments in memory', () => {
  test('are read once for many who ask together or soon after', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => departments.all(10_000)));
    now += 10_000;
    await departments.all(10_000);

    expect(answers.every(([first]) => first?.code === 'surgery')).toBe(true);
    expect(reads).toBe(1);
  });

  test('are read again when they are too old, when told to forget, or when the clock was set back', async () => {
    await departments.all(10_000);
    now += 10_001;
    await departments.all(10_000);
    departments.forget();
    await departments.all(10_000);
    now -= 3_600_000;
    await departments.all(10_000);

    expect(reads).toBe(4);
  });

  test('are asked for again after a reading that failed', async () => {
    down = true;
    await expect(departments.all(10_000)).rejects.toThrow('away');
    down = false;

    expect(await departments.all(10_000)).toHaveLength(1);
  });
});
