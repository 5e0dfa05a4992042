import { ruleOf } from './disposition.ts';
import type { DispositionCode, OutcomeClass } from './disposition.ts';

/** The part of an attempt that decides what stands for the call. */
export interface AttemptResult {
  readonly disposition: DispositionCode;
  /** The hospital's day of the attempt. */
  readonly on: string;
}

/** How much a class tells about the patient: an answer before a refusal, a refusal before a bare contact. */
const weight: Readonly<Record<OutcomeClass, number>> = { I: 7, P: 6, NE: 5, R: 4, O: 3, NC: 2, UO: 1, UH: 0 };

/** Whether the last attempt ends the call: its rule says so, or the same `once-more` result came on an earlier day already. */
export function isFinal(attempts: readonly AttemptResult[]): boolean {
  const last = attempts.at(-1);
  if (last === undefined) return false;
  const { retry } = ruleOf(last.disposition);
  if (retry === 'close') return true;
  if (retry !== 'once-more') return false;
  return attempts.some((earlier) => earlier.disposition === last.disposition && earlier.on !== last.on);
}

/**
 * The 拨打结果 that stands for the call in the outcome rates: the one that ended it, else the most informative, the later of
 * equals; null before the first attempt. `no-answer, call-back, busy` → `call-back`.
 */
export function standingOutcome(attempts: readonly AttemptResult[]): DispositionCode | null {
  const last = attempts.at(-1);
  if (last === undefined) return null;
  if (isFinal(attempts)) return last.disposition;
  let best = last.disposition;
  for (const { disposition } of attempts.toReversed()) {
    if (weight[ruleOf(disposition).outcomeClass] > weight[ruleOf(best).outcomeClass]) best = disposition;
  }
  return best;
}

/** The outcome class of a call; one that was never attempted is `NC`, for the patient is ours and known. */
export function outcomeClassOf(outcome: DispositionCode | null): OutcomeClass {
  return outcome === null ? 'NC' : ruleOf(outcome).outcomeClass;
}
