import { largestRemainder } from '../statistics/largest-remainder.ts';
import type { SurveyForm, SurveyItem, SurveyOption } from '../survey-forms/survey-form.ts';
import type { DemoHospital } from './demo-hospital.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The answers of one person to one form: item code → option code. */
export type AnswerSheet = Readonly<Record<string, string>>;

/** How well a form is answered in one department and month. */
export interface SheetRates {
  /** Share of satisfied answers of an item, 0–1. */
  readonly satisfied: (itemCode: string) => number;
  readonly hospital: Pick<DemoHospital, 'usual' | 'items'>;
}

interface Respondent {
  /** From 0, angry, to 1, delighted: the same person answers all items in one mood. */
  readonly mood: number;
  /** How many items the person answers before giving up. */
  readonly until: number;
  readonly answers: Record<string, string>;
}

/** Widest deviation from the intended rate, in standard errors: months differ visibly and never significantly. */
const jitter = 0.8;
const moodShare = 0.6;
const fineness = 10_000;

/** Each worse option beyond the first two of its kind is chosen by this share of those who chose the one before. */
const fading = 0.45;

/** The shares of options in their order, each `fading` of the one before, together `total`. */
function faded(options: readonly SurveyOption[], total: number): readonly number[] {
  const weights = options.map((_, index) => fading ** index);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => (total * weight) / sum);
}

/** Shares of the scored options of an item, best first, for a share of satisfied answers. */
function sharesOf(item: SurveyItem, satisfied: number, topShare: number): ReadonlyMap<string, number> {
  const valid = item.options
    .filter(({ notApplicable }) => !notApplicable)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const top = valid.filter((option) => option.topBox);
  const good = valid.filter((option) => option.satisfied && !option.topBox);
  const poor = valid.filter((option) => !option.satisfied && !option.topBox);
  const best = good.length === 0 ? satisfied : satisfied * topShare;
  const groups: readonly (readonly [readonly SurveyOption[], number])[] = [
    [top, best],
    [good, satisfied - best],
    [poor, 1 - satisfied],
  ];
  return new Map(
    groups.flatMap(([options, total]) => {
      const shares = faded(options, total);
      return options.map(({ code }, index) => [code, shares[index] ?? 0] as const);
    }),
  );
}

function jittered(rate: number, n: number, random: SeededRandom): number {
  const wanted = rate + (2 * random.next() - 1) * jitter * Math.sqrt((rate * (1 - rate)) / n);
  return Math.min(0.99, Math.max(0.02, wanted));
}

/** Deals the options of a scored item out: exactly their shares, the better ones to those in a better mood. */
function dealScored(
  item: SurveyItem,
  people: readonly Respondent[],
  rates: SheetRates,
  random: SeededRandom,
): void {
  if (people.length === 0) return;
  const rate = jittered(rates.satisfied(item.code), people.length, random);
  const shares = sharesOf(item, rate, rates.hospital.usual.topShare);
  const weights = [...shares.values()].map((share) => Math.round(share * fineness));
  const counts = largestRemainder(weights, people.length) ?? [];
  const options = [...shares.keys()].flatMap((code, index) => Array<string>(counts[index] ?? 0).fill(code));
  people
    .map((person) => ({ person, feels: moodShare * person.mood + (1 - moodShare) * random.next() }))
    .toSorted((a, b) => b.feels - a.feels)
    .forEach(({ person }, index) => {
      const option = options[index];
      if (option !== undefined) person.answers[item.code] = option;
    });
}

function dealNominal(
  item: SurveyItem,
  people: readonly Respondent[],
  rates: SheetRates,
  random: SeededRandom,
): void {
  const weights = rates.hospital.items[item.code]?.weights ?? {};
  for (const { answers } of people) {
    let left = random.next();
    for (const { code } of item.options) {
      left -= weights[code] ?? 0;
      if (left >= 0) continue;
      answers[item.code] = code;
      break;
    }
  }
}

/** Who answers an item at all; those it does not apply to say so at once. */
function answering(
  { item, place }: { readonly item: SurveyItem; readonly place: number },
  people: readonly Respondent[],
  { hospital: { usual, items } }: SheetRates,
  random: SeededRandom,
): readonly Respondent[] {
  const none = item.options.find(({ notApplicable }) => notApplicable);
  const applies = item.scored && none ? 1 - (items[item.code]?.notApplicable ?? usual.notApplicable) : 1;
  return people.filter(({ until, answers }) => {
    if (!item.required && (place >= until || random.chance(usual.skipped))) return false;
    if (none === undefined || random.chance(applies)) return true;
    answers[item.code] = none.code;
    return false;
  });
}

/**
 * What `count` people answer to a form, best mood first. Each item keeps the wanted share of satisfied answers to within
 * less than one standard error, so that two months with equal rates are never told apart; a few people skip items, give up
 * half-way, or tick what does not apply to them. The same random numbers give the same sheets.
 */
export function answerSheets(
  form: SurveyForm,
  count: number,
  rates: SheetRates,
  random: SeededRandom,
): readonly AnswerSheet[] {
  const choices = form.items.filter(({ kind }) => kind === 'choice');
  const people = Array.from({ length: count }, (): Respondent => {
    const givesUp = random.chance(rates.hospital.usual.partial);
    const until = givesUp ? Math.floor(choices.length * 0.3) : choices.length;
    return { mood: random.next(), until, answers: {} };
  }).toSorted((a, b) => b.mood - a.mood);
  choices.forEach((item, place) => {
    const here = answering({ item, place }, people, rates, random);
    if (item.scored) dealScored(item, here, rates, random);
    else dealNominal(item, here, rates, random);
  });
  return people.map(({ answers }) => answers);
}
