import { hospitalCode } from '../departments/department.ts';
import type { CallTally } from '../follow-up-calls/follow-up-call.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import { keepsSecret } from '../statistics/suppression.ts';
import type { FinalCalls, MovingCalls } from './moving-calls.ts';
import { presentCalls, shareOf } from './present-calls.ts';
import { presentSection } from './present-section.ts';
import type { PresentedCalls } from './presented-scorecard.ts';
import type { Scorecard, ScorecardCalls } from './scorecard.ts';
import { callsOf } from './scorecard-set.ts';

type Printed = Pick<Scorecard, 'period' | 'revision' | 'departmentCode' | 'calls' | 'sections'>;

const measures = ['attempted', 'eligible', 'completed', 'reached', 'rest', 'refused', 'others'] as const;
type Measure = (typeof measures)[number];
type Measures = Readonly<Record<Measure, number>>;

function measured(calls: ScorecardCalls | null): Measures {
  if (!calls) {
    return { attempted: 0, eligible: 0, completed: 0, reached: 0, rest: 0, refused: 0, others: 0 };
  }
  const { I, P, R, O, NE } = calls.classes;
  return {
    attempted: calls.attempted,
    eligible: calls.calls - NE,
    completed: I,
    reached: I + P + R + O,
    rest: P + R + O,
    refused: R,
    others: P + O,
  };
}

function differences(before: ScorecardCalls | null, after: ScorecardCalls | null): Measures {
  const [then, now] = [measured(before), measured(after)];
  const of = (measure: Measure): number => now[measure] - then[measure];
  return {
    attempted: of('attempted'),
    eligible: of('eligible'),
    completed: of('completed'),
    reached: of('reached'),
    rest: of('rest'),
    refused: of('refused'),
    others: of('others'),
  };
}

const isSmall = (difference: number): boolean => difference !== 0 && Math.abs(difference) < smallestThreshold;

/** Whether the hospital's difference leaves those of its departments that are 1–4, and so hidden, more than one value each. */
function keepsParts(parts: readonly number[]): boolean {
  const small = parts.filter(isSmall);
  return small.length === 0 || (small.every((part) => part > 0) && keepsSecret(small, smallestThreshold));
}

/** What of the final figures may be shown: a figure printed before, whose difference to it, and what follows from it, is no 1–4. */
function shownFinal(
  printed: PresentedCalls,
  counted: PresentedCalls,
  { eligible }: Measures,
  tells: (measure: Measure) => boolean,
): MovingCalls {
  const shown = (name: 'reached' | 'completed' | 'refused', allowed: boolean): number | null =>
    printed[name] !== null && allowed ? counted[name] : null;
  const completed = shown('completed', tells('completed'));
  const reached = shown('reached', completed !== null && tells('reached') && tells('rest'));
  const refused = shown('refused', tells('refused') && (reached === null || tells('others')));
  const of = tells('eligible') ? eligible : null;
  return {
    attempted: tells('attempted') ? counted.attempted : null,
    reached,
    completed,
    rates: {
      RR1: shareOf(completed, of),
      COOP1: shareOf(completed, reached),
      REF1: shareOf(refused, of),
      CON1: shareOf(reached, of),
    },
  };
}

function moving({ attempted, reached, completed, rates }: PresentedCalls): MovingCalls {
  return { attempted, reached, completed, rates };
}

/**
 * The final figures on calls of each scorecard of a month that had open calls at its cut-off, by department code, from the counts of a later
 * cut-off. They obey the rules of `presentCalls`, and nothing is shown whose difference to what was printed, or what follows from it
 * (broke off and others), is 1–4; nor of the hospital what would tell such a difference of a department. A snapshot that does not
 * know whether calls were open is taken to have had some. Example: completed 28 → 35 is shown, 28 → 31 is withheld.
 */
export function finalCalls(
  printed: readonly Printed[],
  counted: readonly CallTally[],
): ReadonlyMap<string, FinalCalls> {
  const before = new Map(printed.map(({ departmentCode, calls }) => [departmentCode, calls]));
  const codes = new Set([...before.keys(), ...counted.map(({ departmentCode }) => departmentCode)]);
  codes.delete(hospitalCode);
  const parts = [...codes].map((code) => differences(before.get(code) ?? null, callsOf(code, counted)));
  return new Map(
    printed.flatMap((card): [string, FinalCalls][] => {
      const { period, revision, departmentCode, calls } = card;
      const ended = callsOf(departmentCode, counted);
      if (!calls || calls.open === 0 || !ended) return [];
      const sections = card.sections.map((section) => presentSection(section));
      const [then, now] = [presentCalls(calls, sections), presentCalls(ended, sections)];
      const difference = differences(calls, ended);
      const tells = (measure: Measure): boolean =>
        !isSmall(difference[measure]) &&
        (departmentCode !== hospitalCode || keepsParts(parts.map((part) => part[measure])));
      const final = shownFinal(then, now, measured(ended), tells);
      return [[departmentCode, { period, revision, printed: moving(then), final }]];
    }),
  );
}
