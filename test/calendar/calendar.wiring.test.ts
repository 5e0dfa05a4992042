import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { wireCalendar } from '../../src/calendar/calendar.wiring.ts';
import type { CalendarYear } from '../../src/calendar/calendar-year.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const clock = { now: () => new Date('2026-11-23T00:00:00Z') };
const notice: CalendarYear = {
  year: 2027,
  source: 'notice',
  holidays: [{ date: '2027-01-01', name: '元旦' }],
  workingDays: [],
  quietDays: [],
};

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'calendar-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

const write = (name: string, content: unknown): void =>
  writeFileSync(join(folder, name), JSON.stringify(content));
const hospitalTime = createHospitalTime('Asia/Shanghai');
const given = { clock, hospitalTime, alarmFrom: '11-01' };
const wire = () => wireCalendar({ ...given, connection: database.connection, folder });

describe('the calendar at start', () => {
  test('loads the shipped files, also when two instances start together', async () => {
    const shipped = { connection: database.connection, folder: `${projectRoot()}/config/calendar`, ...given };
    const slice = wireCalendar(shipped);
    expect(slice.workingCalendar.hasYear(2026)).toBe(false);

    await Promise.all([slice.load(), wireCalendar(shipped).load()]);

    expect(slice.workingCalendar.nthWorkingDay('2026-10', 10)).toBe('2026-10-20');
    expect((await slice.store.list()).map(({ year }) => year)).toEqual([2024, 2025, 2026]);
  });

  test('takes over a changed file, and keeps what the hospital has edited', async () => {
    write('cn-2027.json', notice);
    const slice = wire();
    await slice.load();
    expect(slice.workingCalendar.isWorkingDay('2027-01-02')).toBe(false);

    write('cn-2027.json', { ...notice, workingDays: ['2027-01-02'] });
    await wire().load();
    await slice.reload();
    expect(slice.workingCalendar.isWorkingDay('2027-01-02')).toBe(true);

    await slice.store.putEdited({ ...notice, workingDays: ['2027-01-03'] }, clock.now(), clock.now());
    await slice.load();
    expect(slice.workingCalendar.isWorkingDay('2027-01-02')).toBe(false);
    expect(slice.workingCalendar.isWorkingDay('2027-01-03')).toBe(true);
    await slice.store.putShipped(notice, clock.now());
    expect((await slice.store.list())[0]?.origin).toBe('edited');
  });

  test('refuses faulty files with every fault and loads none', async () => {
    write('a.json', notice);
    write('b.json', { ...notice, year: 'x' });
    write('c.json', notice);
    writeFileSync(join(folder, 'd.json'), '{');
    const slice = wire();

    await expect(slice.load()).rejects.toThrow(/b\.json.*c\.json.*2027.*d\.json/);
    expect(await slice.store.list()).toEqual([]);
  });

  test('is Monday to Friday without any file', async () => {
    const slice = wireCalendar({
      connection: database.connection,
      folder: join(folder, 'none'),
      ...given,
    });

    await slice.load();

    expect(slice.workingCalendar.missingYears('2026-01-01', '2026-12-31')).toEqual([2026]);
  });
});
