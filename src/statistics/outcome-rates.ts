import { checkCount } from './proportion.ts';

/**
 * AAPOR outcome classes: complete, partial, refusal or break-off, non-contact, other eligible, unknown household, unknown
 * other, not eligible. A dead number on a list of named patients is NC: it stays in the denominator.
 */
export const outcomeClasses = ['I', 'P', 'R', 'NC', 'O', 'UH', 'UO', 'NE'] as const;

/** Number of cases per outcome class; a class left out has none. */
export type OutcomeCounts = Readonly<Partial<Record<(typeof outcomeClasses)[number], number>>>;

const rateNames = [
  ...(['RR1', 'RR2', 'RR3', 'RR4', 'RR5', 'RR6'] as const),
  ...(['COOP1', 'COOP2', 'COOP3', 'COOP4'] as const),
  ...(['REF1', 'REF2', 'REF3'] as const),
  ...(['CON1', 'CON2', 'CON3'] as const),
  ...(['LOC1', 'LOC2'] as const),
];

/** Name of a rate: response, cooperation, refusal, contact, location. */
export type OutcomeRateName = (typeof rateNames)[number];

/** Every rate 0–1, null where it is 0/0, and the `e` it was computed with. */
export type OutcomeRates = Readonly<Record<OutcomeRateName, number | null>> & { readonly e: number | null };

/** Counts with every class present; throws a RangeError on one that is not a whole number of at least 0. */
function complete(counts: OutcomeCounts): Record<(typeof outcomeClasses)[number], number> {
  const all = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0, ...counts };
  for (const name of outcomeClasses) checkCount(all[name], name);
  return all;
}

/** a / b, null for 0/0 and where b is not known. */
function share(a: number, b: number | null): number | null {
  return b === null || b === 0 ? null : a / b;
}

/**
 * Default e: the share 0–1 of cases of known eligibility that are eligible, (I+P+R+NC+O)/(I+P+R+NC+O+NE); null without any.
 *
 * Source: AAPOR Outcome Rate Calculator 4.0. Example: I 4, P 2, R 1, NC 1, O 1, NE 1 → 0.9. Throws a RangeError on a count
 * that is not a whole number of at least 0.
 */
export function eligibleShare(counts: OutcomeCounts): number | null {
  const { I, P, R, NC, O, NE } = complete(counts);
  return share(I + P + R + NC + O, I + P + R + NC + O + NE);
}

/**
 * AAPOR outcome rates, 0–1, of one list of cases. `e` is the share of unknown cases taken to be eligible; without it the
 * default `eligibleShare`. 0/0 is null, never 0. Source: AAPOR Standard Definitions, 9th edition, 2016. With
 * D = I+P+R+NC+O, U = UH+UO: RR1 = I/(D+U), RR3 = I/(D+eU), RR5 = I/D; COOP1 = I/(I+P+R+O), COOP3 = I/(I+P+R); REF = R and
 * CON = I+P+R+O over the three denominators; LOC = D over the first two; an even RR or COOP counts P with I. Example:
 * I 700, P 30, R 60, NC 250, O 60, NE 100 → RR1 0.6364. Throws a RangeError on a count that is not a whole number of at least
 * 0 or an e outside 0–1.
 */
export function outcomeRates(counts: OutcomeCounts, e: number | null = eligibleShare(counts)): OutcomeRates {
  if (e !== null && !(e >= 0 && e <= 1)) throw new RangeError('e must lie between 0 and 1');
  const { I, P, R, NC, O, UH, UO } = complete(counts);
  const contacted = I + P + R + O;
  const eligible = contacted + NC;
  const all = eligible + UH + UO;
  const estimated = UH + UO === 0 ? eligible : e === null ? null : eligible + e * (UH + UO);
  return {
    RR1: share(I, all),
    RR2: share(I + P, all),
    RR3: share(I, estimated),
    RR4: share(I + P, estimated),
    RR5: share(I, eligible),
    RR6: share(I + P, eligible),
    COOP1: share(I, contacted),
    COOP2: share(I + P, contacted),
    COOP3: share(I, I + P + R),
    COOP4: share(I + P, I + P + R),
    REF1: share(R, all),
    REF2: share(R, estimated),
    REF3: share(R, eligible),
    CON1: share(contacted, all),
    CON2: share(contacted, estimated),
    CON3: share(contacted, eligible),
    LOC1: share(eligible, all),
    LOC2: share(eligible, estimated),
    e,
  };
}
