import { describe, expect, test } from '@jest/globals';
import { readDepartmentFile } from '../../src/departments/department-file.node.ts';
import { createDepartmentSchemas } from '../../src/departments/department.schema.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const schemas = createDepartmentSchemas(['zh-Hans', 'en']);
const recipient = {
  name: '陈',
  role: 'department-head',
  email: 'chen@hospital.example',
  language: 'zh-Hans',
};
const department = {
  code: 'surgery',
  name: { 'zh-Hans': '外科' },
  kind: 'clinical',
  active: true,
  recipients: [recipient],
};
const pointersOf = (departments: unknown): readonly string[] => {
  const checked = schemas.checkFile({ departments });
  return 'problems' in checked ? checked.problems.map(({ pointer }) => pointer) : [];
};
const withEmail = (email: string): unknown => [{ ...department, recipients: [{ ...recipient, email }] }];

describe('a list of departments', () => {
  test('the sample is valid, has the fixed responsible units and a head who reads English', () => {
    const checked = schemas.checkFile(readDepartmentFile(`${projectRoot()}/config/departments.sample.json`));
    const departments = 'departments' in checked ? checked.departments : [];

    expect(departments.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['internal-medicine', 'surgery', 'billing', 'logistics', 'pharmacy']),
    );
    expect(departments.flatMap(({ recipients }) => recipients.map(({ language }) => language))).toContain(
      'en',
    );
    expect(departments.every(({ name }) => name['zh-Hant'] && name.en)).toBe(true);
  });

  test.each([
    'chen@hospital.example',
    'chen.z+1@mail.hospital.local',
    'a_b-c@h0spital.example',
    ' Chen@Hospital.Example ',
  ])('takes the address %p in lower case without blanks', (email) => {
    const checked = schemas.checkFile({ departments: withEmail(email) });

    expect('departments' in checked && checked.departments[0]?.recipients[0]?.email).toBe(
      email.trim().toLowerCase(),
    );
  });

  test.each([
    'chen',
    'chen@',
    '@hospital.example',
    'a@b@hospital.example',
    'd@e.example, z@z.example',
    'd@e.example;z@z.example',
    '"d e"@hospital.example',
    "o'neil@hospital.example",
    'evil@x.example\r\nBcc: z@z.example',
    'evil@x.example\nz',
    '张三@例子.中国',
    'chen@例子.中国',
    'chen @hospital.example',
    'Chen <chen@hospital.example>',
    `${'a'.repeat(250)}@hospital.example`,
  ])('refuses the address %p', (email) => {
    expect(pointersOf(withEmail(email))).toContain('/departments/0/recipients/0/email');
  });

  test.each(['', 'a', '-ab', 'Surgery', '外科', 'a b', 'a/b', 'a'.repeat(32), 'ab\n'])(
    'refuses the code %p',
    (code) => {
      expect(pointersOf([{ ...department, code }])).toContain('/departments/0/code');
    },
  );

  test('names all faults of all rows at once, each with its pointer and no value of a recipient', () => {
    const departments = [
      { ...department, name: { 'zh-Hans': '外'.repeat(61) } },
      { ...department, code: 'medicine', recipients: Array.from({ length: 11 }, () => recipient) },
      { ...department, code: 'icu', kind: 'x', active: 'yes', name: { en: 'ICU\nBcc' } },
      { ...department, code: 'er', recipients: [{ ...recipient, language: 'zh-Hant', role: 'boss' }] },
      department,
      { ...department, code: 'b1', recipient: [] },
    ];

    expect(pointersOf(departments)).toEqual(
      expect.arrayContaining([
        '/departments/0/name/zh-Hans',
        '/departments/1/recipients',
        '/departments/1/recipients/1',
        '/departments/2/kind',
        '/departments/2/active',
        '/departments/2/name/zh-Hans',
        '/departments/2/name/en',
        '/departments/3/recipients/0/language',
        '/departments/3/recipients/0/role',
        '/departments/4',
        '/departments/5/recipient',
      ]),
    );
    expect(JSON.stringify(schemas.checkFile({ departments }))).not.toContain(recipient.email);
  });

  test.each([undefined, null, [], {}, { departments: [] }, { departments: 'x' }, 'x'])(
    'refuses %p',
    (value) => {
      expect(schemas.checkFile(value)).toHaveProperty('problems');
    },
  );
});
