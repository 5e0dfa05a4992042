import Joi from 'joi';
import { answer, anyText, count, listOf, maybe, oneOf, orNull } from '../http/answer.schema.ts';
import { rowResults } from './import-report.ts';

const fault = answer({ column: anyText, detail: anyText, code: anyText });

/** What became of a file, or would become of it, row by row. */
export const importReportAnswer: Joi.ObjectSchema = answer({
  dryRun: Joi.boolean(),
  counts: answer(Object.fromEntries(rowResults.map((result) => [result, count]))),
  notes: listOf(anyText),
  rows: listOf(
    answer({
      row: count,
      result: oneOf(rowResults),
      errors: maybe(listOf(fault)),
      warnings: maybe(listOf(fault)),
    }),
  ),
});

/** A name in another system and the department it is mapped to; null when it is not mapped yet. */
export const aliasAnswer: Joi.ObjectSchema = answer({ name: anyText, departmentCode: orNull(anyText) });

/** Every such name. */
export const aliasesAnswer: Joi.ObjectSchema = answer({ items: listOf(aliasAnswer) });
