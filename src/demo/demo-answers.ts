import { addDays, daysOf } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import { openSource, surveyModes } from '../survey-responses/survey-response.ts';
import type {
  AnsweredBy,
  Submission,
  SubmissionSource,
  SurveyMode,
} from '../survey-responses/survey-response.ts';
import { answerSheets } from './answer-sheets.ts';
import type { SheetRates } from './answer-sheets.ts';
import type { DemoActivity, DemoHospital, MonthlyAnswers } from './demo-hospital.ts';
import { seededRandom } from './seeded-random.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One answer as it would have arrived. */
export interface DemoAnswer {
  readonly submission: Submission;
  readonly source: SubmissionSource;
  readonly form: SurveyForm;
  readonly receivedAt: Date;
}

/** What every generator is handed. */
export interface DemoContext {
  readonly hospital: DemoHospital;
  readonly time: HospitalTime;
  /** The moment the demonstration is made for: nothing is later. */
  readonly now: Date;
  /** The newest month that is closed: what happens in the stories happens in it. */
  readonly turnsIn: ReportingPeriod;
  /** The form a patient group was given in a month, or undefined when there is none. */
  readonly formOf: (patientGroup: string, period: ReportingPeriod) => SurveyForm | undefined;
  /** An id that is the same for the same name. */
  readonly idOf: (...name: readonly (string | number)[]) => string;
  /** 工号 of those who work in a department. */
  readonly colleagues: (departmentCode: string) => readonly string[];
}

/** A department in a month. */
export interface DemoPlace {
  readonly activity: DemoActivity;
  readonly period: ReportingPeriod;
}

/** How satisfied a department's patients are with each item in a month. */
export function ratesOf({ hospital, turnsIn }: DemoContext, { activity, period }: DemoPlace): SheetRates {
  const story = hospital.stories.find(({ departmentCode }) => departmentCode === activity.code);
  return {
    hospital,
    satisfied: (code) => {
      const usual = (hospital.items[code]?.satisfied ?? hospital.usual.satisfied) + activity.level;
      const turn = story?.items[code];
      if (!turn) return usual;
      return period < turnsIn ? (turn.before ?? usual) : turn.after;
    },
  };
}

/** The days of a month until the present one. */
export function daysUntilNow({ time, now }: DemoContext, period: ReportingPeriod): readonly CalendarDate[] {
  const { first, last } = daysOf(period);
  const today = time.dateOf(now);
  const days: CalendarDate[] = [];
  for (let day = first; day <= last && day <= today; day = addDays(day, 1)) days.push(day);
  return days;
}

/** How many of a month's usual number come about: a few more or fewer, and in a month that is not over its part. */
export function monthlyCount(
  usual: number,
  context: DemoContext,
  period: ReportingPeriod,
  random: SeededRandom,
): number {
  const whole = Number(daysOf(period).last.slice(8));
  const part = daysUntilNow(context, period).length / whole;
  return Math.round(usual * part * (0.94 + 0.12 * random.next()));
}

/** What a person writes besides ticking: mostly nothing; delighted ones praise, angry ones complain. */
export function wordsOf(
  form: SurveyForm,
  delighted: boolean,
  { hospital: { usual, words }, colleagues }: Pick<DemoContext, 'hospital' | 'colleagues'>,
  { departmentCode, random }: { readonly departmentCode: string; readonly random: SeededRandom },
): Pick<Submission, 'praise' | 'comment'> {
  const asked = form.items.some(({ kind }) => kind === 'praise');
  const praiseOf = (known: readonly string[]): Submission['praise'] =>
    known.length > 0 && random.chance(usual.praiseNames)
      ? { staffNumber: random.pick(known) }
      : { text: random.pick(words.praise) };
  const praised = asked && delighted && random.chance(usual.praise);
  return {
    praise: praised ? praiseOf(colleagues(departmentCode)) : undefined,
    comment: random.chance(usual.comment) ? random.pick(delighted ? words.good : words.bad) : undefined,
  };
}

/** The mode of each answer, mixed: nobody in a better mood takes another way. */
function modesOf(
  answers: MonthlyAnswers,
  context: DemoContext,
  period: ReportingPeriod,
  random: SeededRandom,
): readonly SurveyMode[] {
  return surveyModes
    .flatMap((mode) =>
      Array<SurveyMode>(monthlyCount(answers[mode] ?? 0, context, period, random)).fill(mode),
    )
    .map((mode) => ({ mode, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ mode }) => mode);
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** When an answer of a mode given on a day arrives: paper is typed in by the office some days later. */
function arrival(mode: SurveyMode, day: CalendarDate, time: HospitalTime, random: SeededRandom): Date {
  if (mode === 'paper')
    return time.momentOf(addDays(day, random.between(1, 4)), clock(random.between(540, 1020)));
  const [least, most] = mode === 'web' ? [450, 1310] : [480, 1050];
  return new Date(
    time.momentOf(day, clock(random.between(least, most))).getTime() + random.between(0, 59_999),
  );
}

/** Who held the pen. */
export function answererOf(mode: SurveyMode, { family }: DemoActivity, random: SeededRandom): AnsweredBy {
  if ((mode === 'onsite' || mode === 'kiosk') && random.chance(0.15)) return 'staff-assisted';
  return random.chance(family) ? 'family' : 'patient';
}

function groupAnswers(
  context: DemoContext,
  place: DemoPlace,
  group: string,
  answers: MonthlyAnswers,
): readonly DemoAnswer[] {
  const { activity, period } = place;
  const form = context.formOf(group, period);
  const days = daysUntilNow(context, period);
  if (!form || days.length === 0) return [];
  const random = seededRandom('answers', activity.code, period, group);
  const modes = modesOf(answers, context, period, random);
  const sheets = answerSheets(form, modes.length, ratesOf(context, place), random);
  return sheets
    .map((sheet, index): DemoAnswer => {
      const mode = modes[index] ?? 'web';
      const day = random.pick(days);
      const words = wordsOf(form, index < sheets.length * 0.8, context, {
        departmentCode: activity.code,
        random,
      });
      return {
        form,
        source: openSource,
        receivedAt: arrival(mode, day, context.time, random),
        submission: {
          submissionId: context.idOf('answer', activity.code, period, group, index),
          formId: form.id,
          formVersion: form.version,
          departmentCode: activity.code,
          mode,
          answeredBy: answererOf(mode, activity, random),
          answers: sheet,
          ...words,
          answeredOn: mode === 'paper' ? day : undefined,
        },
      };
    })
    .filter(({ receivedAt }) => receivedAt <= context.now);
}

/** Everything that a department's patients answered in a month, but on the phone. */
export function demoAnswers(context: DemoContext, place: DemoPlace): readonly DemoAnswer[] {
  return Object.entries(place.activity.answers).flatMap(([group, answers]) =>
    groupAnswers(context, place, group, answers),
  );
}
