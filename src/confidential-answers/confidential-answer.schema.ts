import Joi from 'joi';
import { answer, anyText, count, day, listOf } from '../http/answer.schema.ts';
import type { ConfidentialChoice } from './confidential-answer.ts';

/** Which month, and of which choice the single answers. */
export interface ConfidentialQuery {
  readonly period?: string;
  readonly item?: string;
  readonly option?: string;
}

const code = Joi.string()
  .pattern(/^[a-z0-9][a-z0-9-]{0,63}$/)
  .empty('');

const fields = { period: Joi.string().max(20).empty(''), item: code, option: code };

/** Query of the API: the month is named; item and option go together. */
export const confidentialQuery = Joi.object<ConfidentialQuery>({
  ...fields,
  period: fields.period.required(),
}).and('item', 'option');

/** Query of the page: without a month the present one. */
export const confidentialPageQuery = Joi.object<ConfidentialQuery>(fields)
  .and('item', 'option')
  .unknown(true);

/** The choice a query names, or null. */
export function choiceOf({ item, option }: ConfidentialQuery): ConfidentialChoice | null {
  return item === undefined || option === undefined ? null : { item, option };
}

/** A month's counts, and the answers of the choice that was asked for. */
export const confidentialAnswer: Joi.ObjectSchema = answer({
  period: anyText,
  counts: listOf(
    answer({
      departmentCode: anyText,
      formId: anyText,
      formVersion: count,
      item: anyText,
      option: anyText,
      count,
    }),
  ),
  answers: listOf(answer({ departmentCode: anyText, patientGroup: anyText, mode: anyText, receivedOn: day })),
});
