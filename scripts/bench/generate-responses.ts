import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import { listHash } from '../../src/shared/content-hash.crypto.ts';
import type { HospitalTime } from '../../src/shared/hospital-time.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';
import type { ReportingPeriod } from '../../src/shared/reporting-period.ts';
import { createSubmitSurveyResponse } from '../../src/survey-responses/submit-survey-response.ts';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import type { SurveyMode } from '../../src/survey-responses/survey-response.ts';
import { segmentKey } from '../../src/survey-responses/tally-segment.ts';
import type { BenchHospital } from './generate-responses-hospital.ts';

type Row = { _id: string } & Record<string, unknown>;

const batch = 2_000;
const modes: readonly SurveyMode[] = ['web', 'kiosk'];

/** The same numbers in [0, 1) at every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What is generated: so many responses of a month, received over the whole of it or up to a moment. */
export interface GeneratedMonth {
  readonly period: ReportingPeriod;
  readonly count: number;
  readonly until?: Date;
}

/**
 * Inserts a month's responses in batches. Each one goes through the use case of submitting, at its own moment, so that the
 * documents are those the service writes; only the write itself is another.
 */
export async function generateResponses(
  collection: Collection<Row>,
  { form, departmentCodes }: BenchHospital,
  hospitalTime: HospitalTime,
  month: GeneratedMonth,
): Promise<void> {
  const from = hospitalTime.momentOf(`${month.period}-01`, '00:00').getTime();
  const next = hospitalTime.momentOf(`${addMonths(month.period, 1)}-01`, '00:00').getTime();
  const span = Math.min(month.until?.getTime() ?? next, next) - from;
  const random = seededRandom(from / 1000);
  const choices = form.items.filter(({ kind, confidential }) => kind === 'choice' && !confidential);
  let now = new Date(from);
  let rows: Row[] = [];
  const submit = createSubmitSurveyResponse({
    responses: {
      insertOnce: (response) => {
        const { submissionId, ...rest } = response;
        rows.push({ _id: submissionId, segment: segmentKey(response), ...rest });
        return Promise.resolve({ stored: response, replayed: false });
      },
    },
    keepContact: () => Promise.resolve(),
    listColleagues: () => Promise.resolve([]),
    notices: { find: () => undefined },
    catalogue: { find: () => form },
    findDepartment: (code) => Promise.resolve({ code, active: true }),
    clock: { now: () => now },
    hospitalTime,
    isTrial: () => false,
    translate: (_locale, key) => key,
    listHash,
  });
  for (let n = 0; n < month.count; n += 1) {
    now = new Date(from + Math.floor((span * n) / month.count));
    const answers = Object.fromEntries(
      choices.map(({ code, options }) => [
        code,
        options[Math.floor(random() ** 2 * options.length)]?.code ?? '',
      ]),
    );
    await submit(
      {
        submissionId: randomUUID(),
        formId: form.id,
        formVersion: form.version,
        departmentCode: departmentCodes[Math.floor(random() * departmentCodes.length)] ?? '',
        mode: modes[n % modes.length] ?? 'web',
        answers,
      },
      openSource,
    );
    if (rows.length === batch || n === month.count - 1) {
      await collection.insertMany(rows, { ordered: false });
      rows = [];
    }
  }
}
