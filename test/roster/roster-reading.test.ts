import { describe, expect, test } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { readRoster } from '../../src/roster/read-roster.ts';
import { rosterSheets } from '../../src/roster/roster-sheets.ts';
import { createReadWorkbookSheets } from '../../src/roster/roster-workbook.child-process.ts';
import { createReaderProcess } from '../../src/shared/reader-process.child-process.ts';
import { testTranslate } from '../support/test-app.ts';

const readSheets = createReadWorkbookSheets(createReaderProcess());
const titles = rosterSheets.staff.columns.map(({ title }) => title);
const person = ['0071', '张敏', '护士', 'eye', '', '', ''];
const blank = titles.map(() => ' ');

/** How many rows of a sheet of staff with these lines under its headings are taken. */
async function taken(lines: readonly (readonly string[])[]): Promise<number> {
  const cells = [titles, ...lines].map((line) => line.map((value) => ({ value, type: String })));
  const file = await writeXlsxFile([{ sheet: rosterSheets.staff.name, data: cells }] as never).toBuffer();
  return readRoster((await readSheets(file)) ?? [], testTranslate, 'zh-Hans').length;
}

describe('a sheet of the roster', () => {
  const full = Array.from({ length: 5000 }, () => person);

  test('may have 5,000 rows, however many blank ones follow', async () => {
    expect(await taken([...full, ...Array.from({ length: 10 }, () => blank)])).toBe(5000);
  });

  test('with one row more is refused as a whole', async () => {
    await expect(taken([...full, person])).rejects.toMatchObject({ errors: [{ code: 'too_many_rows' }] });
  });
});
