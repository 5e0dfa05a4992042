import Joi from 'joi';
import { answer, anyText, listOf, oneOf } from '../http/answer.schema.ts';

const results = ['created', 'updated', 'unchanged', 'rejected'] as const;
const count = Joi.number().integer().min(0);
const fault = answer({ column: anyText, detail: anyText });

/** What became of a workbook and of each of its rows. */
export const rosterReportAnswer: Joi.ObjectSchema = answer({
  dryRun: Joi.boolean(),
  counts: answer({ created: count, updated: count, unchanged: count, rejected: count }),
  rows: listOf(
    answer({ sheet: anyText, row: count, result: oneOf(results), errors: listOf(fault).optional() }),
  ),
});
