import request from 'supertest';
import writeXlsxFile from 'write-excel-file/node';
import { guardFor } from '../../src/accounts/guard.ts';
import { wireDepartments } from '../../src/departments/departments.wiring.ts';
import type { DepartmentsSlice } from '../../src/departments/departments.wiring.ts';
import { rosterSheets } from '../../src/roster/roster-sheets.ts';
import type { RosterSheetKey } from '../../src/roster/roster-sheets.ts';
import { wireRoster } from '../../src/roster/roster.wiring.ts';
import type { RosterReport } from '../../src/roster/roster-report.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { createReaderProcess } from '../../src/shared/reader-process.child-process.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { wireStaff } from '../../src/staff/staff.wiring.ts';
import type { StaffSlice } from '../../src/staff/staff.wiring.ts';
import { testAudit } from '../support/test-audit.ts';
import { createTestApp, testCsrfToken, testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';

/** The type of an XLSX workbook. */
export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const admin: Principal = {
  accountId: 'a1',
  username: 'admin',
  displayName: 'Admin',
  roles: [{ role: 'admin', departments: 'all' }],
  mustChangePassword: false,
};

/** The sample hospital, its staff register and the roster's routes, as an administrator meets them. */
export interface RosterWorld {
  readonly departments: DepartmentsSlice;
  readonly staff: StaffSlice;
  readonly app: () => ReturnType<typeof createTestApp>;
  readonly send: (file: Buffer, dryRun?: boolean) => request.Test;
  readonly importing: (file: Buffer, dryRun?: boolean) => Promise<RosterReport>;
  readonly drop: () => Promise<void>;
}

/** Opens one on a database of its own. */
export async function openRosterWorld(): Promise<RosterWorld> {
  const database = await openTestDatabase();
  const clock = { now: () => new Date('2026-11-10T00:00:00Z') };
  const common = {
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard: guardFor,
    recordAuditEvent: testAudit(database.connection, clock).recordAuditEvent,
    translate: testTranslate,
    languages: locales,
    shell: () => ({}),
    renderPage: () => '',
  };
  const departments = wireDepartments({
    ...common,
    seedFile: `${projectRoot()}/config/departments.sample.json`,
  });
  await departments.seed();
  const staff = wireStaff({ ...common, ...departments });
  const roster = wireRoster({ ...common, ...departments, ...staff, readInProcess: createReaderProcess() });
  const app: RosterWorld['app'] = () =>
    createTestApp({
      routes: [...roster.routes, ...departments.routes],
      principal: admin,
      renderPage: () => '',
    });
  const send: RosterWorld['send'] = (file, dryRun = false) =>
    request(app())
      .post(`/api/v1/departments/imports?dryRun=${dryRun}`)
      .set('x-csrf-token', testCsrfToken)
      .set('Accept-Language', 'zh-CN')
      .set('Content-Type', xlsx)
      .send(file);
  return {
    departments,
    staff,
    app,
    send,
    importing: async (file, dryRun = false) => (await send(file, dryRun).expect(200)).body as RosterReport,
    drop: () => database.drop(),
  };
}

/** Rows by sheet. */
export type Lines = Partial<Record<RosterSheetKey, readonly (readonly string[])[]>>;

/** A workbook of sheets as they are given, headings and all. */
export const sheetsOf = (sheets: Lines): Promise<Buffer> =>
  writeXlsxFile(
    Object.entries(sheets).map(([key, lines]) => ({
      sheet: rosterSheets[key as RosterSheetKey].name,
      data: lines.map((line) => line.map((value) => (value === '' ? null : { value, type: String }))),
    })) as never,
  ).toBuffer();

/** A workbook with the headings of the template and these lines. */
export const workbook = (lines: Lines): Promise<Buffer> =>
  sheetsOf(
    Object.fromEntries(
      Object.entries(lines).map(([key, rows]) => [
        key,
        [rosterSheets[key as RosterSheetKey].columns.map(({ title }) => title), ...rows],
      ]),
    ),
  );
