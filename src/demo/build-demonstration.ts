import type { WantedAccount } from './open-demo-accounts.ts';
import { openDemoAccounts } from './open-demo-accounts.ts';
import type { OpenDemoAccountsDeps } from './open-demo-accounts.ts';
import type { Clock } from '../shared/clock.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { closeInItsTime, planAsPast } from './close-past-months.ts';
import type { ClosePastMonthsDeps } from './close-past-months.ts';
import type { DemoDischargeContext } from './demo-discharges.ts';
import { demoMonths } from './demo-months.ts';
import type { DemoMonths } from './demo-months.ts';
import type { DemonstrationReport } from './demonstration.ts';
import type { DemonstrationStore } from './demonstration.store.ts';
import { fillMonth } from './fill-months.ts';
import type { FillMonthsDeps } from './fill-months.ts';

/** A step of the work, for whoever waits at the terminal: what, how much of it is done, and of how much. */
export type TellProgress = (
  step: 'departments' | 'answers' | 'months' | 'mails',
  done: number,
  of: number,
  detail?: number,
) => void;

/** What building needs. */
export interface BuildDemonstrationDeps extends FillMonthsDeps, ClosePastMonthsDeps, OpenDemoAccountsDeps {
  readonly marks: Pick<DemonstrationStore, 'find' | 'complete'>;
  readonly clock: Clock;
  /** Everything the generators need, for a demonstration that begins at a moment. */
  readonly contextAt: (now: Date, turnsIn: ReportingPeriod) => DemoDischargeContext;
  /** Adds the departments; gives how many there are then. */
  readonly importDepartments: () => Promise<number>;
  /** Fills the staff register. */
  readonly registerStaff: () => Promise<void>;
  readonly accounts: () => readonly WantedAccount[];
  readonly deliver: () => Promise<void>;
  /** How many mails of a month were accepted, and how many there are. */
  readonly countMails: (
    period: ReportingPeriod,
  ) => Promise<{ readonly accepted: number; readonly all: number }>;
}

/** Builds what is missing of a demonstration that was begun; null when there is none, or it is complete, or it was stopped. */
export type BuildDemonstration = (
  tell: TellProgress,
  stopping: AbortSignal,
) => Promise<DemonstrationReport | null>;

type Totals = Pick<DemonstrationReport, 'responses' | 'discharges'>;

async function fill(
  deps: BuildDemonstrationDeps,
  context: DemoDischargeContext,
  { closed, open }: DemoMonths,
  run: { readonly tell: TellProgress; readonly stopping: AbortSignal },
): Promise<Totals> {
  const months = [...closed, ...open];
  let totals: Totals = { responses: 0, discharges: 0 };
  for (const [index, period] of months.entries()) {
    if (run.stopping.aborted) break;
    const { responses, discharges } = await fillMonth(deps, context, period);
    totals = { responses: totals.responses + responses, discharges: totals.discharges + discharges };
    run.tell('answers', index + 1, months.length, totals.responses);
  }
  return totals;
}

/** Closes the months in their order, each at its time; the last one's mails are sent now, the others count as sent long ago. */
async function closeMonths(
  deps: BuildDemonstrationDeps,
  { closed }: DemoMonths,
  run: { readonly tell: TellProgress; readonly stopping: AbortSignal },
): Promise<void> {
  for (const [index, period] of closed.entries()) {
    if (run.stopping.aborted) return;
    const record = await closeInItsTime(deps, period);
    if (index + 1 < closed.length) await planAsPast(deps, record);
    else await deps.planAs((row) => row)(record);
    run.tell('months', index + 1, closed.length);
  }
}

/**
 * Fills an evaluation with a year of a county hospital: answers, discharges and calls, closed months, and the last one's
 * mails. Every id is derived from what it names, so a start after a crash completes the same demonstration; the mark that it
 * is complete comes last.
 */
export function createBuildDemonstration(deps: BuildDemonstrationDeps): BuildDemonstration {
  return async (tell, stopping) => {
    const mark = await deps.marks.find();
    if (!mark || mark.completedAt !== null) return null;
    const departments = await deps.importDepartments();
    await deps.registerStaff();
    tell('departments', departments, departments);
    const months = demoMonths(
      mark.startedAt,
      deps.contextAt(mark.startedAt, '').time.dateOf(mark.startedAt),
      deps.closingMoment,
    );
    const last = months.closed.at(-1) ?? '';
    const totals = await fill(deps, deps.contextAt(mark.startedAt, last), months, { tell, stopping });
    await closeMonths(deps, months, { tell, stopping });
    if (stopping.aborted) return null;
    await deps.deliver();
    const mails = await deps.countMails(last);
    tell('mails', mails.accepted, mails.all);
    const accounts = await openDemoAccounts(deps, deps.accounts());
    await deps.marks.complete(deps.clock.now());
    return { ...totals, accounts, mails: mails.accepted, closed: { first: months.closed[0] ?? last, last } };
  };
}
