import Joi from 'joi';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { RowFault } from './discharge.ts';
import { dischargeWays, followUpWays } from './follow-up-call.ts';
import type { Discharge } from './follow-up-call.ts';
import { normalizePhone } from './phone-number.ts';

/** Body of the batch: the rows are judged one by one, so that a bad row never stops the good ones. */
export const dischargeBatchSchema = Joi.object({
  discharges: Joi.array().items(Joi.object().unknown(true)).min(1).max(500).required(),
});

/** Body of one discharge: judged as a row of a batch is, so that its faults read the same. */
export const dischargeBody: Joi.ObjectSchema = Joi.object().unknown(true);

const text = (max: number): Joi.StringSchema => Joi.string().trim().min(1).max(max);

const optional = (schema: Joi.StringSchema): Joi.StringSchema => schema.empty(['', null]);
const day = Joi.string().custom((value: string, helpers) =>
  isCalendarDate(value) ? value : helpers.error('date'),
);
/** A number that cannot be dialled is left out with a remark: the patient was discharged all the same, and counts. */
const phone = Joi.string()
  .empty(['', null])
  .custom((value: string, helpers) => {
    const number = value.length > 40 ? null : normalizePhone(value);
    if (number === null) helpers.warn('phone');
    return number ?? undefined;
  });

/** A number of the HIS, its width as on a keyboard. A spreadsheet writes long ones as `1.23E+11`: digits are lost then. */
const number = Joi.string()
  .max(40)
  .custom((value: string, helpers) => {
    const written = value.normalize('NFKC').trim();
    if (/^\d(?:\.\d+)?E\+?\d+$/i.test(written)) return helpers.error('scientific');
    return /[\p{Cc}#]/u.test(written) || written === '' ? helpers.error('any.required') : written;
  });

const rowSchema = Joi.object({
  admissionNo: optional(number),
  patientNo: optional(number),
  visitNo: Joi.number().integer().min(1).max(999).empty(['', null]),
  departmentCode: text(40).required(),
  nursingUnit: optional(text(60)),
  dischargedOn: day.required(),
  dischargeWay: optional(Joi.string().valid(...dischargeWays)),
  doctor: optional(text(40)),
  nurse: optional(text(40)),
  patientName: text(60).required(),
  phone,
  contactPhone: phone,
  followUpWay: optional(Joi.string().valid(...followUpWays)),
  followedUpOn: optional(day),
})
  .custom((row: Discharge, helpers) => {
    const known = row.admissionNo !== undefined || (row.patientNo !== undefined && row.visitNo !== undefined);
    return known ? row : helpers.error('admission_key');
  })
  .and('followUpWay', 'followedUpOn');

const codes: Readonly<Record<string, string>> = {
  'any.required': 'required',
  'string.empty': 'required',
  'string.max': 'too_long',
  'string.base': 'text_expected',
  'any.only': 'unknown_value',
  'object.unknown': 'unknown_field',
  'object.and': 'follow_up_incomplete',
  'number.base': 'visit_number',
  'number.integer': 'visit_number',
  'number.min': 'visit_number',
  'number.max': 'visit_number',
  'number.unsafe': 'visit_number',
  admission_key: 'admission_key',
  scientific: 'scientific',
  date: 'date',
  phone: 'phone',
};

/** A discharge as its row gives it, its phone numbers normalised, with remarks on what was left out; or everything that is wrong with it. Fields are named only. */
export type DischargeRowReading =
  | { readonly discharge: Discharge; readonly faults: readonly []; readonly remarks: readonly RowFault[] }
  | { readonly discharge: null; readonly faults: readonly RowFault[]; readonly remarks: readonly [] };

/** The field to look at; a rule over several fields names the first of them that is missing. */
function fieldOf(path: readonly (string | number)[], type: string, context: unknown): string {
  if (type === 'admission_key') return 'admissionNo';
  const missing = type === 'object.and' && (context as { missing?: readonly string[] }).missing;
  return missing ? (missing[0] ?? '') : path.join('/');
}

/** Reads one row of a batch. It never throws and repeats no value. */
export function readDischargeRow(row: unknown): DischargeRowReading {
  const result = rowSchema.required().validate(row, { abortEarly: false });
  if (result.error) {
    const faults = result.error.details.map(({ path, type, context }) => ({
      field: fieldOf(path, type, context),
      code: codes[type] ?? 'unreadable',
    }));
    return { discharge: null, faults, remarks: [] };
  }
  const discharge = result.value as Discharge;
  const unread = (result.warning?.details ?? []).map(({ path }) => ({
    field: path.join('/'),
    code: 'phone',
  }));
  const { phone: own, contactPhone, dischargeWay } = discharge;
  const callable = (own ?? contactPhone) !== undefined || dischargeWay === 'died';
  const remarks = callable || unread.length > 0 ? unread : [{ field: 'phone', code: 'no_phone' }];
  return { discharge, faults: [], remarks };
}
