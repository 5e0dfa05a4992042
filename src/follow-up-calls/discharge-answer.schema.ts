import type Joi from 'joi';
import { answer, anyText, count, listOf, maybe, oneOf, orNull } from '../http/answer.schema.ts';

const fault = answer({ pointer: anyText, detail: anyText, code: anyText });

/** What became of one discharge. */
export const dischargeAnswer: Joi.ObjectSchema = answer({
  result: oneOf(['created', 'updated', 'unchanged']),
  callId: orNull(anyText),
  warnings: listOf(fault),
});

/** What became of a batch of discharges, row by row. */
export const dischargeBatchAnswer: Joi.ObjectSchema = answer({
  results: listOf(
    answer({
      index: count,
      result: oneOf(['created', 'updated', 'unchanged', 'rejected']),
      callId: maybe(anyText),
      errors: maybe(listOf(fault)),
      warnings: maybe(listOf(fault)),
    }),
  ),
  created: count,
  updated: count,
  unchanged: count,
  rejected: count,
});
