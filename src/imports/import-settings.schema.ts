import Joi from 'joi';
import type { ColumnNames } from './column-names.ts';

/** How files of discharges are written: names of columns, and labels of 离院方式 and 随访方式. */
export interface DischargeColumns {
  readonly columns: ColumnNames;
  readonly dischargeWays: ColumnNames;
  readonly followUpWays: ColumnNames;
}

const names = Joi.object().pattern(/^[A-Za-z][\w-]*$/, Joi.array().items(Joi.string().min(1).max(60)));

const schema = Joi.object({
  columns: names.required(),
  dischargeWays: names.required(),
  followUpWays: names.required(),
}).required();

/** The settings of a file. Throws an Error that names what is wrong with it. */
export function readDischargeColumns(value: unknown): DischargeColumns {
  const result = schema.validate(value, { abortEarly: false });
  if (result.error) throw new Error(`discharge-columns.json: ${result.error.message}`);
  return result.value as DischargeColumns;
}
