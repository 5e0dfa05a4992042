import writeXlsxFile from 'write-excel-file/node';
import type { Row, Sheet } from 'write-excel-file/node';
import { rosterSheetKeys, rosterSheets } from './roster-sheets.ts';
import type { RosterSheet, RosterSheetKey } from './roster-sheets.ts';
import type { RosterCells } from './roster-rows.ts';

const head = {
  fontWeight: 'bold',
  backgroundColor: '#dcecef',
  height: 24,
  alignVertical: 'center',
} as const;

/** A cell of text, whatever it begins with: a spreadsheet never computes it, and codes keep their leading zeros. */
const text = (value: string) => ({ value, type: String, format: '@' });

function rowsOf(sheet: RosterSheet, rows: readonly RosterCells[]): Row[] {
  const titles: Row = sheet.columns.map(({ title, required }) => ({
    ...text(required ? `${title}*` : title),
    ...head,
  }));
  const shown = rows.length > 0 ? rows : [sheet.example];
  const colour = rows.length > 0 ? {} : { textColor: '#6b7280' };
  return [
    titles,
    ...shown.map((cells): Row =>
      sheet.columns.map(({ key }) => {
        const value = cells[key] ?? '';
        return value === '' ? null : { ...text(value), ...colour };
      }),
    ),
  ];
}

function explanation(): Sheet<string | Buffer> {
  const lines: Row[] = [
    [
      {
        ...text('科室与职工导入模板'),
        fontWeight: 'bold',
        fontSize: 14,
        height: 30,
        alignVertical: 'center',
      },
    ],
    [
      text(
        '表里已填好系统现有内容，改好后整份导入：按代码、工号或邮箱认定，表里没有的行和列保持不变，留空的单元格表示清空，重复导入不会重复。',
      ),
    ],
    [
      text(
        '带 * 的列必填。首列以“示例”开头的行不会导入。请先“检查”，看清每行结果后再“导入”。科室合并请在科室页面办理。',
      ),
    ],
    [],
    [
      { ...text('工作表'), ...head },
      { ...text('列'), ...head },
      { ...text('怎么填'), ...head },
    ],
    ...rosterSheetKeys.flatMap((key): Row[] =>
      rosterSheets[key].columns.map(({ title, required, hint }) => [
        text(rosterSheets[key].name),
        text(required ? `${title}*` : title),
        text(hint === '' ? '照实填写。' : hint),
      ]),
    ),
  ];
  return { data: lines, sheet: '说明', columns: [{ width: 12 }, { width: 14 }, { width: 70 }] };
}

/** The workbook of the roster: 说明 and a sheet each for 科室, 病区, 收件人, 职工, filled with `rows`; an empty sheet shows an example. */
export async function writeRosterWorkbook(
  rows: Readonly<Record<RosterSheetKey, readonly RosterCells[]>>,
): Promise<Buffer> {
  const sheets: Sheet<string | Buffer>[] = rosterSheetKeys.map((key) => ({
    data: rowsOf(rosterSheets[key], rows[key]),
    sheet: rosterSheets[key].name,
    columns: rosterSheets[key].columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }));
  return writeXlsxFile([explanation(), ...sheets] as never, {
    fontFamily: '微软雅黑',
    fontSize: 11,
  }).toBuffer();
}
