import type { DischargeColumns } from './import-settings.schema.ts';

const example: Readonly<Record<string, string>> = {
  admissionNo: 'ZY20261001001',
  patientNo: '00123456',
  visitNo: '1',
  department: '心血管内科',
  nursingUnit: '心内一病区',
  dischargedOn: '2026-10-05',
  dischargeWay: '医嘱离院',
  doctor: '李医生',
  nurse: '王护士',
  patientName: '张三',
  phone: '13800000000',
  contactPhone: '13900000000',
  followUpWay: '',
  followedUpOn: '',
};

/** A file of discharges to fill in: each column by the first name it is known by, and one made-up patient. UTF-8 with its mark, for Excel. */
export function templateCsv({ columns }: DischargeColumns): string {
  const fields = Object.keys(example);
  const header = fields.map((field) =>
    field === 'department' ? '出院科室' : (columns[field]?.[0] ?? field),
  );
  return `\uFEFF${header.join(',')}\r\n${fields.map((field) => example[field]).join(',')}\r\n`;
}
