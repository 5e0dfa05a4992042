import { departmentKinds, recipientRoles } from '../departments/department.ts';
import { staffPosts } from '../staff/staff-member.ts';

/** One column of a sheet: its heading, its width in characters, and what the 说明 sheet says of it. */
export interface RosterColumn {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly required: boolean;
  readonly hint: string;
}

/** One sheet of the roster: 科室, 病区, 收件人 or 职工. The headings are Chinese whatever language is chosen: a file must be readable by all. */
export interface RosterSheet {
  readonly name: string;
  readonly columns: readonly RosterColumn[];
  /** A row that shows how it is filled in; it is written only where nothing is stored, and never imported. */
  readonly example: Readonly<Record<string, string>>;
}

const words = <Key extends string>(keys: readonly Key[], names: readonly string[]) =>
  keys.map((key, index) => [key, names[index] ?? key] as const);

/** The Chinese words of every coded column, first the code. */
export const rosterWords: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  kind: words(departmentKinds, ['临床', '医技', '窗口', '职能']),
  role: words(recipientRoles, ['科主任', '护士长', '其他']),
  post: words(staffPosts, ['医师', '护士', '技师', '药师', '收费', '管理', '后勤', '其他']),
  active: [
    ['true', '在用'],
    ['false', '停用'],
  ],
  language: [
    ['zh-Hans', '简体'],
    ['zh-Hant', '繁体'],
    ['en', '英文'],
  ],
};

/** Rows whose first cell begins so are examples. */
export const exampleMark = '示例';

const choice = (key: string): string =>
  `填：${(rosterWords[key] ?? []).map(([, name]) => name).join('、')}。`;
const day = '写成 2026-11-01；不限定就空着。';
const departmentCode = { key: 'departmentCode', title: '科室代码', width: 20, required: true };
const active = { key: 'active', title: '状态', width: 8, required: false };

/** The sheets in the order people fill them in. */
export const rosterSheets = {
  departments: {
    name: '科室',
    columns: [
      { ...departmentCode, key: 'code', hint: '2–31 个小写字母、数字或连字符；用在二维码里，定了就不要改。' },
      {
        key: 'name',
        title: '科室名称',
        width: 18,
        required: true,
        hint: '改名从导入当天起生效，以前的名称留在历史里。',
      },
      { key: 'nameHant', title: '繁体名称', width: 18, required: false, hint: '可空。' },
      { key: 'nameEn', title: '英文名称', width: 28, required: false, hint: '可空。' },
      { key: 'kind', title: '类别', width: 8, required: true, hint: choice('kind') },
      { key: 'campus', title: '院区', width: 14, required: false, hint: '只有一个院区的医院空着。' },
      { key: 'from', title: '启用日期', width: 13, required: false, hint: day },
      { key: 'until', title: '停用日期', width: 13, required: false, hint: `从这一天起停用。${day}` },
      { ...active, hint: `${choice('active')}空着即在用。` },
    ],
    example: { code: '示例-neike', name: '内科', nameEn: 'Internal Medicine', kind: '临床', active: '在用' },
  },
  nursingUnits: {
    name: '病区',
    columns: [
      { ...departmentCode, hint: '病区所属的科室；改成别的科室即转入。' },
      {
        key: 'code',
        title: '病区代码',
        width: 16,
        required: true,
        hint: '字母、数字或连字符，与 HIS 一致，全院不重复。',
      },
      { key: 'name', title: '病区名称', width: 20, required: true, hint: '' },
      { key: 'nameHant', title: '繁体名称', width: 18, required: false, hint: '可空。' },
      { key: 'nameEn', title: '英文名称', width: 24, required: false, hint: '可空。' },
      { ...active, hint: `${choice('active')}空着即在用。` },
    ],
    example: { departmentCode: '示例-neike', code: 'NK1', name: '内科一病区', active: '在用' },
  },
  recipients: {
    name: '收件人',
    columns: [
      { ...departmentCode, hint: '收哪个科室的月报。' },
      { key: 'name', title: '姓名', width: 12, required: true, hint: '' },
      { key: 'role', title: '身份', width: 10, required: true, hint: choice('role') },
      {
        key: 'email',
        title: '邮箱',
        width: 32,
        required: true,
        hint: '按邮箱认人：同一邮箱再次导入即更新。',
      },
      {
        key: 'language',
        title: '语言',
        width: 8,
        required: false,
        hint: `${choice('language')}空着即简体。`,
      },
    ],
    example: {
      departmentCode: '示例-neike',
      name: '王某某',
      role: '科主任',
      email: 'neike@hospital.example',
    },
  },
  staff: {
    name: '职工',
    columns: [
      {
        key: 'staffNumber',
        title: '工号',
        width: 14,
        required: true,
        hint: '字母、数字或连字符；不改号，也不给别人用。',
      },
      { key: 'name', title: '姓名', width: 12, required: true, hint: '患者表扬时会看到姓名和岗位。' },
      { key: 'post', title: '岗位', width: 8, required: true, hint: choice('post') },
      { ...departmentCode, hint: '“科室”表里的代码。' },
      {
        key: 'nursingUnitCode',
        title: '病区代码',
        width: 14,
        required: false,
        hint: '可空；须是该科室的病区。',
      },
      { key: 'from', title: '入职日期', width: 13, required: false, hint: day },
      { key: 'until', title: '离职日期', width: 13, required: false, hint: `从这一天起不再列出。${day}` },
    ],
    example: { staffNumber: '示例1001', name: '张某某', post: '护士', departmentCode: '示例-neike' },
  },
} satisfies Readonly<Record<string, RosterSheet>>;

/** Which sheet. */
export type RosterSheetKey = keyof typeof rosterSheets;

/** The sheets by key, in their order. */
export const rosterSheetKeys: readonly RosterSheetKey[] = [
  'departments',
  'nursingUnits',
  'recipients',
  'staff',
];

/** The Chinese word of a code, as it stands in a cell. */
export function wordOf(key: string, code: string): string {
  return rosterWords[key]?.find(([known]) => known === code)?.[1] ?? code;
}

/** The code of a Chinese word (the code itself is taken too); what is neither comes back as it is, for validation to refuse. */
export function codeOfWord(key: string, word: string): string {
  return rosterWords[key]?.find(([code, name]) => name === word || code === word)?.[0] ?? word;
}
