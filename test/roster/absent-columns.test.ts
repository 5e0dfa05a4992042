import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openRosterWorld, sheetsOf, workbook } from './roster-world.ts';
import type { RosterWorld } from './roster-world.ts';

let world: RosterWorld;
beforeEach(async () => {
  world = await openRosterWorld();
  await world.importing(
    await workbook({
      departments: [
        ['eye', '眼科', '眼科部', 'Eye Clinic', '临床', '东院区', '2026-11-01', '2027-01-01', '停用'],
      ],
      nursingUnits: [['eye', 'Y1', '眼科病区', '眼科病區', 'Eye Ward', '停用']],
      recipients: [['eye', '何某', '科主任', 'he@hospital.example', '英文']],
      staff: [['0071', '张敏', '护士', 'eye', 'Y1', '2020-01-01', '2027-01-01']],
    }),
  );
});
afterEach(() => world.drop());

const eye = () => world.departments.storedDepartments().then((all) => all.find(({ code }) => code === 'eye'));
const member = async () => (await world.staff.storedStaff())[0];

describe('a sheet without columns that may be left out', () => {
  test('changes nothing of what they say, in every sheet', async () => {
    const before = [await eye(), await member()];
    const report = await world.importing(
      await sheetsOf({
        departments: [
          ['科室代码', '科室名称', '类别'],
          ['eye', '眼科', '临床'],
        ],
        nursingUnits: [
          ['科室代码', '病区代码', '病区名称'],
          ['eye', 'Y1', '眼科病区'],
        ],
        recipients: [
          ['科室代码', '姓名', '身份', '邮箱'],
          ['eye', '何某', '科主任', 'he@hospital.example'],
        ],
        staff: [
          ['工号', '姓名', '岗位', '科室代码'],
          ['0071', '张敏', '护士', 'eye'],
        ],
      }),
    );

    expect(report.counts).toEqual({ created: 0, updated: 0, unchanged: 4, rejected: 0 });
    expect([await eye(), await member()]).toEqual(before);
  });

  test('changes what it names and keeps the rest; somebody new has nothing there', async () => {
    const report = await world.importing(
      await sheetsOf({
        nursingUnits: [
          ['科室代码', '病区代码', '病区名称'],
          ['surgery', 'Y1', '眼科一病区'],
        ],
        staff: [
          ['工号', '姓名', '岗位', '科室代码'],
          ['0071', '张敏', '护士', 'billing'],
          ['0072', '李四', '医师', 'eye'],
        ],
      }),
    );

    expect(report.counts).toMatchObject({ created: 2, updated: 1, rejected: 0 });
    const unit = (await world.departments.findDepartment('surgery'))?.nursingUnits.find(
      ({ code }) => code === 'Y1',
    );
    expect(unit).toEqual({
      code: 'Y1',
      name: { 'zh-Hans': '眼科一病区', 'zh-Hant': '眼科病區', en: 'Eye Ward' },
      active: false,
    });
    // The ward is none of the new department: it cannot be kept.
    expect(await world.staff.storedStaff()).toMatchObject([
      { departmentCode: 'billing', nursingUnitCode: null, from: '2020-01-01', until: '2027-01-01' },
      { staffNumber: '0072', nursingUnitCode: null, from: null, until: null },
    ]);
  });

  test('is not one whose cells are empty: they take away what was there', async () => {
    const report = await world.importing(
      await workbook({
        departments: [['eye', '眼科', '', '', '临床', '', '', '', '']],
        nursingUnits: [['eye', 'Y1', '眼科病区', '', '', '']],
        recipients: [['eye', '何某', '科主任', 'he@hospital.example', '']],
        staff: [['0071', '张敏', '护士', 'eye', '', '', '']],
      }),
    );

    expect(report.counts).toMatchObject({ updated: 4, rejected: 0 });
    expect(await eye()).toMatchObject({
      name: { 'zh-Hans': '眼科' },
      campus: null,
      from: null,
      until: null,
      active: true,
      nursingUnits: [{ code: 'Y1', name: { 'zh-Hans': '眼科病区' }, active: true }],
      recipients: [{ language: 'zh-Hans' }],
    });
    expect(await member()).toMatchObject({ nursingUnitCode: null, from: null, until: null });
  });
});

test('a member of staff whose ward was moved away stays as stored, in a roster too', async () => {
  const moved = await workbook({
    nursingUnits: [['surgery', 'Y1', '眼科病区', '', '', '']],
    staff: [['0071', '张敏', '护士', 'eye', 'Y1', '2020-01-01', '2026-11-10']],
  });

  expect((await world.importing(moved)).counts).toMatchObject({ rejected: 0 });
  expect(await member()).toMatchObject({ nursingUnitCode: 'Y1', until: '2026-11-10' });
});
