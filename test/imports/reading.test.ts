import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { matchColumns, optionOf, plainName } from '../../src/imports/column-names.ts';
import { createReadCsv } from '../../src/imports/csv.child-process.ts';
import { resolverOf } from '../../src/imports/department-alias.ts';
import { readDischargeColumns } from '../../src/imports/import-settings.schema.ts';
import { tableOf } from '../../src/imports/table.ts';
import { readWrittenDate } from '../../src/imports/written-date.ts';
import { readJsonFile } from '../../src/imports/json-file.node.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { createReaderProcess } from '../../src/shared/reader-process.child-process.ts';
import { unzippedSize } from '../../src/shared/zip-size.ts';

describe('dates as spreadsheets write them', () => {
  test('every form of a day is that day, with a time behind it or not', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        const [y = '', m = '', d = ''] = day.split('-');
        const [month, dayOfMonth] = [Number(m), Number(d)];
        const forms = [
          day,
          `${y}/${month}/${dayOfMonth}`,
          `${y}.${m}.${d}`,
          `${y}年${month}月${dayOfMonth}日`,
          `${y}${m}${d}`,
          `${y}/${month}/${dayOfMonth} 10:30:00`,
          date.toISOString(),
          `${y}－${m}－${d}`,
        ];
        expect(forms.map(readWrittenDate)).toEqual(forms.map(() => day));
      }),
    );
  });

  test.each(['', '2026-02-30', '2026/13/1', '10/5/2026', '20260230', '张三', '46000'])(
    'anything else is no day: %s',
    (written) => {
      expect(readWrittenDate(written)).toBeNull();
    },
  );
});

describe('columns', () => {
  const { columns, dischargeWays, followUpWays } = readDischargeColumns(
    readJsonFile(`${projectRoot()}/config/imports/discharge-columns.json`),
  );

  test('the shipped names are read whatever their width, case and order, and each means one field', () => {
    for (const labels of [columns, dischargeWays, followUpWays]) {
      const owners = new Map<string, string>();
      for (const [field, written] of Object.entries(labels)) {
        for (const name of written) {
          expect([name, owners.get(plainName(name)) ?? field]).toEqual([name, field]);
          owners.set(plainName(name), field);
        }
      }
    }
    const { places, ignored } = matchColumns(['电 话', '医保类型', '住院号(*)', 'ＡDMISSION_NO'], columns);
    expect([...places]).toEqual([
      ['phone', 0],
      ['patientNo', 2],
      ['admissionNo', 3],
    ]);
    expect(ignored).toEqual(['医保类型']);
  });

  test('the number of a stay counts one patient’s stays and names no admission; a bare serial number is nothing of ours', () => {
    const { places, ignored } = matchColumns(['INP_NO', 'VISIT_ID', '流水号', 'visit-no'], columns);
    expect([...places]).toEqual([
      ['patientNo', 0],
      ['visitNo', 1],
    ]);
    expect(ignored).toEqual(['流水号', 'visit-no']);
  });

  test('离院方式 is understood by its code of the front page and by its words', () => {
    expect(
      ['1', '医嘱离院', '4', '非医嘱离院', '5', ' 死亡 ', '不知道'].map((one) =>
        optionOf(one, dischargeWays),
      ),
    ).toEqual(['home', 'home', 'against-advice', 'against-advice', 'died', 'died', '不知道']);
  });
});

const readCsv = createReadCsv(createReaderProcess());
const refusedAs = (code: string): unknown => expect.objectContaining({ kind: 'invalid', code });

describe('CSV', () => {
  test.each([',', ';', '\t'])(
    'is read with its own delimiter %j, quoted cells and lines in them',
    async (delimiter) => {
      const text = `\r\n姓名${delimiter}备注\r\n\r\n"张${delimiter}三"${delimiter}"一\n二"\r\n`;

      expect(tableOf(await readCsv(text))).toEqual({
        header: ['姓名', '备注'],
        rows: [{ number: 4, cells: [`张${delimiter}三`, '一\n二'] }],
      });
    },
  );

  test('a file without rows is said to be empty', async () => {
    const lines = await readCsv('a,b\r\n,\r\n');

    expect(() => tableOf(lines)).toThrow(refusedAs('import_empty'));
  });

  test('blank rows are no rows, but a row after them has the number a spreadsheet shows', async () => {
    const text = `\n\na,b\n${'\n'.repeat(3)}${' , ,\n'.repeat(2)}1,2,,,\n\n"3\n",4\n${',,,,\n'.repeat(20_000)}`;

    expect(await readCsv(text)).toEqual([
      { number: 3, cells: ['a', 'b'] },
      { number: 9, cells: ['1', '2'] },
      { number: 11, cells: ['3\n', '4'] },
    ]);
  });

  test('20,000 rows under the header are taken, one more is not, nor blank ones without end', async () => {
    const rows = '1,2\n'.repeat(20_000);

    expect(await readCsv(`a,b\n${rows}`)).toHaveLength(20_001);
    await expect(readCsv(`a,b\n${rows}1,2\n`)).rejects.toThrow(refusedAs('import_too_long'));
    await expect(readCsv(`a,b\n1,2\n${',\n'.repeat(200_000)}`)).rejects.toThrow(refusedAs('import_too_long'));
  });

  test('500 columns are taken, one more is not, and blank ones at the end are none', async () => {
    const row = Array.from({ length: 500 }, () => 'x').join(',');

    expect((await readCsv(`${row}${','.repeat(5000)}\n`))[0]?.cells).toHaveLength(500);
    await expect(readCsv(`${row},x\n`)).rejects.toThrow(refusedAs('import_too_wide'));
  });

  test('a quote that never ends is no table', async () => {
    await expect(readCsv('a,b\n"1,2\n')).rejects.toThrow(refusedAs('import_not_readable'));
  });
});

describe('names of departments', () => {
  const departments = [
    { code: 'cardiology', names: ['心血管内科', '心内科'] },
    { code: 'surgery', names: ['普外科', '外科'] },
    { code: 'surgery-2', names: ['外科'] },
  ];

  test('are known by code, by name of today or before, and as mapped; a name of two means neither', () => {
    const seenAt = new Date(0);
    const resolve = resolverOf(departments, [
      { key: plainName('外一科'), name: '外一科', departmentCode: 'surgery', seenAt },
      { key: plainName('外三科'), name: '外三科', departmentCode: null, seenAt },
    ]);

    expect(
      ['cardiology', '心内科', '心血管内科 ', '外科', '外一科', '外三科', '神经科'].map(resolve),
    ).toEqual(['cardiology', 'cardiology', 'cardiology', null, 'surgery', null, null]);
  });
});

/** A name the office has mapped. */
const alias = (name: string) => {
  return { key: plainName(name), name, departmentCode: 'wk-1', seenAt: new Date(0) };
};

describe('codes of departments that differ by a hyphen alone', () => {
  const departments = [
    { code: 'nk-1', names: ['内科一病区'] },
    { code: 'nk1', names: ['内科分院'] },
    { code: 'wk-1', names: ['外科'] },
  ];
  const written = ['nk-1', 'nk1', ' NK-1', 'ＮＫ1', 'NK 1', 'wk1', 'WK-1'];

  test('are told apart by the whole code, in whatever order they stand; what could be either means neither', () => {
    for (const listed of [departments, departments.toReversed()]) {
      expect(written.map(resolverOf(listed, []))).toEqual([
        'nk-1',
        'nk1',
        'nk-1',
        'nk1',
        null,
        'wk-1',
        'wk-1',
      ]);
    }
  });

  test('mean what the office has mapped, where it was mapped in these words or could be either', () => {
    expect(['nk 1', 'nk-1', 'nk1'].map(resolverOf(departments, [alias('NK 1')]))).toEqual([
      'wk-1',
      'nk-1',
      'nk1',
    ]);
    expect(['nk 1', 'nk-1', 'nk1'].map(resolverOf(departments, [alias('nk1')]))).toEqual([
      'wk-1',
      'nk-1',
      'wk-1',
    ]);
  });
});

test('no bytes make reading the size of a zip fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const size = unzippedSize(bytes);
      expect(size === null || size >= 0).toBe(true);
    }),
  );
});
