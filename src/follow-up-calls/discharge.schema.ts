import Joi from 'joi';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { RowFault } from './discharge.ts';
import { dischargeWays } from './follow-up-call.ts';
import type { Discharge } from './follow-up-call.ts';
import { normalizePhone } from './phone-number.ts';

/** Body of the batch: the rows are judged one by one, so that a bad row never stops the good ones. */
export const dischargeBatchSchema = Joi.object({
  discharges: Joi.array().items(Joi.object().unknown(true)).min(1).max(500).required(),
});

const text = (max: number): Joi.StringSchema => Joi.string().trim().min(1).max(max);

const rowSchema = Joi.object({
  admissionNo: text(40).required(),
  departmentCode: text(40).required(),
  nursingUnit: text(60).empty(['', null]),
  dischargedOn: Joi.string()
    .required()
    .custom((value: string, helpers) => (isCalendarDate(value) ? value : helpers.error('date'))),
  dischargeWay: Joi.string()
    .valid(...dischargeWays)
    .empty(['', null]),
  patientName: text(60).required(),
  phone: text(40)
    .required()
    .custom((value: string, helpers) => normalizePhone(value) ?? helpers.error('phone')),
});

const codes: Readonly<Record<string, string>> = {
  'any.required': 'required',
  'string.empty': 'required',
  'string.max': 'too_long',
  'string.base': 'text_expected',
  'any.only': 'unknown_value',
  'object.unknown': 'unknown_field',
  date: 'date',
  phone: 'phone',
};

/** A discharge as its row gives it, its phone number normalised; or everything that is wrong with it, naming fields only. */
export type DischargeRowReading =
  | { readonly discharge: Discharge; readonly faults: readonly [] }
  | { readonly discharge: null; readonly faults: readonly RowFault[] };

/** Reads one row of a batch. It never throws and repeats no value. */
export function readDischargeRow(row: unknown): DischargeRowReading {
  const result = rowSchema.required().validate(row, { abortEarly: false });
  if (result.error) {
    const faults = result.error.details.map(({ path, type }) => ({
      field: path.join('/'),
      code: codes[type] ?? 'unreadable',
    }));
    return { discharge: null, faults };
  }
  return { discharge: result.value as Discharge, faults: [] };
}
