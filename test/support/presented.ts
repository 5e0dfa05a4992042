import { presentScorecard } from '../../src/scorecards/present-scorecard.ts';
import type { PresentedScorecard } from '../../src/scorecards/presented-scorecard.ts';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import type { Answers } from './scorecard-month.ts';
import { catalogue, tallyOf, words } from './scorecard-month.ts';

/** The scorecards of cardiology, surgery, ENT and the hospital, as they are stored. */
export function rawCards(answers: readonly Answers[]): readonly Scorecard[] {
  return buildScorecards({
    period: '2026-10',
    revision: 1,
    cutoffAt: new Date('2026-11-13T00:00:00Z'),
    tally: tallyOf(answers),
    calls: [],
    departments: ['cardiology', 'surgery', 'ent'].map((code) => ({ code, name: words(code) })),
    hospitalName: words('Hospital'),
    catalogue,
    previous: new Map(),
  });
}

/** One of them as it may leave the server. */
export function presented(answers: readonly Answers[], code: string = 'cardiology'): PresentedScorecard {
  const card = rawCards(answers).find(({ departmentCode }) => departmentCode === code);
  if (!card) throw new Error(`There is no card ${code}.`);
  return presentScorecard(card);
}
