import { hospitalCode } from '../departments/department.ts';
import { say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';

/** A colleague whom patients praised. */
export interface PraisedColleague {
  readonly name: string;
  readonly count: number;
}

/** Whom patients praised in a month, of what was received before a moment; by name. */
export type ListPraise = (
  period: string,
  departmentCode: string,
  before: Date,
) => Promise<readonly PraisedColleague[]>;

/**
 * Whether praise may stand on a scorecard: on a department's, of 5 answers or more. With fewer, a name would say who was here.
 * The words of praise are not shown here.
 */
export function mayShowPraise({ departmentCode, sections }: PresentedScorecard): boolean {
  const heard = sections.some(({ scope, responses }) => scope === 'own' && (responses.complete ?? 0) > 0);
  return departmentCode !== hospitalCode && heard;
}

/** A line for each colleague, by name and not by count: praise is no ranking. */
export function praiseLines(praised: readonly PraisedColleague[], context: ViewContext): readonly string[] {
  return praised.map(({ name, count }) => say(context, 'praise.line', { name, count }));
}
