import Joi from 'joi';
import {
  answer,
  anyText,
  count,
  listOf,
  localized,
  maybe,
  moment,
  oneOf,
  orNull,
  ratio,
} from '../http/answer.schema.ts';
import { dimensions } from '../survey-forms/survey-form.ts';
import { surveyModes } from '../survey-responses/survey-response.ts';

const score = Joi.number().min(0).max(100);
const share = orNull(answer({ x: count, n: count, value: orNull(ratio) }));
const level = oneOf(['none', 'hidden', 'counts', 'careful', 'full']);
const dimension = oneOf(dimensions);
const verdict = oneOf([
  'no-data',
  'too-few',
  'not-comparable',
  'no-change',
  'better',
  'worse',
  'mixed',
  'provisional',
]);
const rate = orNull(
  answer({ x: orNull(count), value: orNull(ratio), low: orNull(ratio), high: orNull(ratio) }),
);
const hospital = orNull(answer({ n: count, satisfied: ratio, topBox: ratio, meanScore: orNull(score) }));
const difference = Joi.number().min(-1).max(1);

const change = answer({
  previousN: count,
  previousValue: ratio,
  difference,
  low: difference,
  high: difference,
  adjustedP: ratio,
  significant: Joi.boolean(),
});

const figures = {
  level,
  n: orNull(count),
  satisfied: rate,
  topBox: rate,
  meanScore: orNull(score),
  hospital,
};

const item = answer({
  code: anyText,
  text: localized,
  label: localized,
  dimension,
  responsibleUnit: anyText,
  ...figures,
  standing: orNull(oneOf(['above', 'below', 'inside'])),
  change: orNull(change),
  noChangeReason: orNull(anyText),
});

const section = answer({
  patientGroup: anyText,
  patientGroupName: localized,
  scope: oneOf(['own', 'fixed-unit', 'hospital']),
  forms: listOf(answer({ formId: anyText, formVersion: count })),
  satisfiedRule: localized,
  level,
  responses: answer({
    complete: orNull(count),
    partial: orNull(count),
    byMode: listOf(answer({ mode: oneOf(surveyModes), verification: anyText, n: orNull(count) })),
  }),
  dimensions: listOf(answer({ dimension, ...figures, itemCodes: listOf(anyText), leftOut: count })),
  items: listOf(item),
});

const calls = answer({
  discharges: count,
  calls: count,
  attempted: count,
  moving: Joi.boolean(),
  reached: orNull(count),
  completed: orNull(count),
  partial: orNull(count),
  refused: orNull(count),
  other: orNull(count),
  rates: answer({ RR1: share, COOP1: share, REF1: share, CON1: share }),
  clinicalFollowUp: share,
});

const callRates = answer({ RR1: share, COOP1: share, REF1: share, CON1: share });

const lastCalls = answer({
  attempted: orNull(count),
  reached: orNull(count),
  completed: orNull(count),
  rates: callRates,
});

const sum = answer({
  span: oneOf(['quarter', 'half-year', 'year', 'rolling']),
  months: listOf(anyText),
  missing: listOf(anyText),
  leftOut: listOf(anyText),
});

const card = {
  period: anyText,
  revision: orNull(count),
  provisional: Joi.boolean(),
  departmentCode: anyText,
  departmentName: localized,
  cutoffAt: moment,
  verdict,
  sections: listOf(section),
  calls: orNull(calls),
  previousCalls: orNull(answer({ period: anyText, revision: count, printed: lastCalls, final: lastCalls })),
  sum: maybe(sum),
};

const revisionNote = answer({
  revision: count,
  against: count,
  reason: anyText,
  changes: listOf(answer({ kind: oneOf(['verdict', 'responses', 'item', 'calls']) })),
});

/**
 * One scorecard, small numbers withheld; `revision`, hash and closing time are null while it is provisional and for a quarter, half-year
 * or year, whose `sum` names its months. `rollingSum`: the items with few answers over up to 12 months.
 */
export const scorecardAnswer: Joi.ObjectSchema = answer({
  ...card,
  contentHash: orNull(anyText),
  closedAt: orNull(moment),
  revisionNote: orNull(revisionNote),
  latestRevision: orNull(count),
  rollingSum: orNull(answer(card)),
});

/** A month's scorecards, a line each; of a quarter, half-year or year the departments, with the months that are closed and missing. */
export const scorecardListAnswer: Joi.ObjectSchema = answer({
  period: anyText,
  revision: maybe(orNull(count)),
  closedAt: maybe(orNull(moment)),
  cutoffAt: moment,
  provisional: maybe(Joi.boolean()),
  months: maybe(listOf(anyText)),
  missing: maybe(listOf(anyText)),
  scorecards: listOf(
    answer({
      departmentCode: anyText,
      departmentName: localized,
      verdict: maybe(verdict),
      n: maybe(orNull(count)),
    }),
  ),
});

/** The record of a closed month. */
export const periodRecordAnswer: Joi.ObjectSchema = answer({
  period: anyText,
  revision: count,
  cutoffAt: moment,
  closedAt: moment,
  closedBy: anyText,
  reason: maybe(anyText),
  departmentCodes: listOf(anyText),
  contentHash: anyText,
});

/** Answers of a closed month that came too late for its newest revision, and the revisions. */
export const lateAnswersAnswer: Joi.ObjectSchema = answer({
  period: anyText,
  revisions: listOf(periodRecordAnswer),
  total: orNull(count),
  rows: listOf(
    answer({
      departmentCode: anyText,
      patientGroup: anyText,
      formId: anyText,
      formVersion: count,
      mode: oneOf(surveyModes),
      n: orNull(count),
      firstReceivedAt: orNull(moment),
      lastReceivedAt: orNull(moment),
    }),
  ),
});

/** Words of patients that were released to a department. */
export const releasedCommentsAnswer: Joi.ObjectSchema = answer({
  n: count,
  minimum: count,
  comments: listOf(answer({ kind: oneOf(['comment', 'praise', 'text']), text: anyText })),
});
