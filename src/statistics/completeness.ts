import { checkProportion } from './proportion.ts';

/** Whether a response counts in scores (`complete`) or only in the response table (`partial`). */
export type Completeness = 'complete' | 'partial';

/**
 * A response is complete when at least half of the items that apply to every patient are answered; choosing an N/A
 * option is answering. A form without such items makes every response complete.
 *
 * Source: HCAHPS Quality Assurance Guidelines, completed survey: ≥ 50 % of the questions applicable to all. Example: 5 of
 * 10 → complete, 4 of 10 → partial. Throws a RangeError unless 0 ≤ answered ≤ applicableToAll are whole numbers.
 */
export function completeness(answered: number, applicableToAll: number): Completeness {
  checkProportion({ x: answered, n: applicableToAll });
  return answered * 2 >= applicableToAll ? 'complete' : 'partial';
}
