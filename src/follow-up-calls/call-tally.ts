import type { HospitalTime } from '../shared/hospital-time.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { OutcomeClass } from './disposition.ts';
import type { CallAttempt, CallStanding, CallTally, FollowUpCall } from './follow-up-call.ts';
import { outcomeClassOf, standingOutcome } from './outcome.ts';

/** What counting needs of a call. */
export type CallTallyInput = Pick<FollowUpCall, 'dischargeId' | 'departmentCode' | 'purpose' | 'closesOn'> & {
  /** When the person refused such calls, although not on this one. */
  readonly refusedAt?: Date;
  readonly attempts: readonly (Pick<CallAttempt, 'disposition' | 'startedAt' | 'recordedAt'> & {
    readonly standing: Pick<CallStanding, 'state'>;
  })[];
};

interface Counter {
  calls: number;
  attempted: number;
  open: number;
  readonly classes: Record<OutcomeClass, number>;
  readonly followedUp: Set<string>;
}

/** Counts calls one by one, as they stood at a cut-off. */
export interface CallCounter {
  readonly add: (call: CallTallyInput) => void;
  /** One tally per department that has a discharge or a call, in alphabetical order. */
  readonly result: (period: ReportingPeriod, discharges: ReadonlyMap<string, number>) => readonly CallTally[];
}

/** A refusal said elsewhere stands for a call nobody answered: AAPOR counts it as one (2.1), not as somebody never reached. */
function classOf(
  outcome: ReturnType<typeof standingOutcome>,
  refusedAt: Date | undefined,
  cutoffAt: Date,
): OutcomeClass {
  const said = outcomeClassOf(outcome);
  const refused = refusedAt !== undefined && refusedAt < cutoffAt;
  return refused && ['NC', 'O', 'UH', 'UO'].includes(said) ? 'R' : said;
}

function emptyCounter(): Counter {
  const classes = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0 };
  return { calls: 0, attempted: 0, open: 0, classes, followedUp: new Set() };
}

/**
 * A counter that looks only at attempts recorded before the cut-off. A satisfaction call counts once, in the class of the
 * outcome that stood then; one never attempted is `NC`. It was open then unless its last attempt before had ended it or its last day
 * was over. Clinical follow-ups count admissions, however often and by whatever
 * way each was reached (national indicator 21).
 */
export function createCallCounter(cutoffAt: Date, time: HospitalTime): CallCounter {
  const departments = new Map<string, Counter>();
  const cutoffDay = time.dateOf(cutoffAt);
  const counterOf = (code: string): Counter => {
    const counter = departments.get(code) ?? emptyCounter();
    departments.set(code, counter);
    return counter;
  };
  return {
    add: (call) => {
      const counter = counterOf(call.departmentCode);
      const attempts = call.attempts.filter(({ recordedAt }) => recordedAt < cutoffAt);
      const outcome = standingOutcome(
        attempts.map(({ disposition, startedAt }) => ({ disposition, on: time.dateOf(startedAt) })),
      );
      const outcomeClass = classOf(outcome, call.refusedAt, cutoffAt);
      if (call.purpose === 'satisfaction') {
        counter.calls += 1;
        counter.attempted += attempts.length > 0 ? 1 : 0;
        const ended = attempts.at(-1)?.standing.state === 'closed' || call.closesOn < cutoffDay;
        counter.open += ended ? 0 : 1;
        counter.classes[outcomeClass] += 1;
      } else if (outcomeClass === 'I' || outcomeClass === 'P') {
        counter.followedUp.add(call.dischargeId);
      }
    },
    result: (period, discharges) =>
      [...new Set([...departments.keys(), ...discharges.keys()])].toSorted().map((departmentCode) => {
        const { calls, attempted, open, classes, followedUp } =
          departments.get(departmentCode) ?? emptyCounter();
        return {
          departmentCode,
          period,
          discharges: discharges.get(departmentCode) ?? 0,
          calls,
          attempted,
          open,
          classes: { ...classes },
          clinicallyFollowedUp: followedUp.size,
        };
      }),
  };
}
