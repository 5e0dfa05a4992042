import type { DischargeRecord } from '../follow-up-calls/discharge.ts';
import type { FollowUpCall } from '../follow-up-calls/follow-up-call.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { surveyResponseOf } from '../survey-responses/submit-survey-response.ts';
import type { SurveyResponse } from '../survey-responses/survey-response.ts';
import { demoAnswers } from './demo-answers.ts';
import type { DemoAnswer } from './demo-answers.ts';
import { demoDischarges } from './demo-discharges.ts';
import type { DemoDischargeContext } from './demo-discharges.ts';

/** What filling needs. */
export interface FillMonthsDeps {
  readonly insertResponses: (responses: readonly SurveyResponse[]) => Promise<void>;
  readonly storePastCalls: (
    records: readonly DischargeRecord[],
    calls: readonly FollowUpCall[],
  ) => Promise<void>;
  readonly listHash: (list: readonly unknown[]) => string;
}

/** How much a month brought. */
export interface FilledMonth {
  readonly responses: number;
  readonly discharges: number;
}

/** Stores everything that was answered, discharged and called in a month, through the rules of each; safe to repeat. */
export async function fillMonth(
  deps: FillMonthsDeps,
  context: DemoDischargeContext,
  period: ReportingPeriod,
): Promise<FilledMonth> {
  const places = context.hospital.activity.map((activity) => ({ activity, period }));
  const sourceKey = await context.keys.sourceKeys(period);
  const discharged = places.map((place) => demoDischarges(context, place, sourceKey));
  const answers = places.flatMap((place) => demoAnswers(context, place));
  const asResponse = ({ receivedAt, ...legal }: DemoAnswer): SurveyResponse =>
    surveyResponseOf(
      legal,
      { receivedAt, receivedOn: context.time.dateOf(receivedAt), trial: false },
      deps.listHash,
    );
  const responses = [...answers, ...discharged.flatMap(({ interviews }) => interviews)].map(asResponse);
  const records = discharged.flatMap((one) => one.records);
  const calls = discharged.flatMap((one) => one.calls);
  await Promise.all([deps.insertResponses(responses), deps.storePastCalls(records, calls)]);
  return { responses: responses.length, discharges: records.length };
}
