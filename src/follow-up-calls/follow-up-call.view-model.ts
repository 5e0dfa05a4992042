import type { DispositionCode } from './disposition.ts';
import type { FollowUpCall } from './follow-up-call.ts';

/** A call as the API shows it: who is called and what was noted stay inside. */
export interface FollowUpCallView {
  readonly id: string;
  readonly departmentCode: string;
  readonly purpose: string;
  readonly dischargedOn: string;
  readonly period: string;
  readonly state: 'open' | 'closed';
  readonly dueOn: string;
  readonly closesOn: string;
  readonly nextAttemptAt: string;
  readonly outcome: DispositionCode | null;
  readonly attempts: readonly { readonly disposition: DispositionCode; readonly startedAt: string }[];
  readonly claim: { readonly by: string; readonly mine: boolean; readonly until: string } | null;
}

/** Who looks, and when: a claim that has run out is none. */
export interface Viewer {
  readonly accountId: string;
  readonly now: Date;
}

/**
 * Whether somebody may see how a call ended. Whoever ended it knows; to everybody else a call that was answered looks like one
 * that was refused or had a dead number: nothing says of a patient whether they answered.
 */
export function knowsEnd(
  { state, attempts }: FollowUpCall,
  { accountId }: Pick<Viewer, 'accountId'>,
): boolean {
  return state === 'open' || attempts.at(-1)?.by === accountId;
}

/** The call as the API shows it to somebody. */
export function followUpCallView(call: FollowUpCall, viewer: Viewer): FollowUpCallView {
  const ended = knowsEnd(call, viewer);
  const shown = ended ? call.attempts : call.attempts.slice(0, -1);
  const claim = call.claim && call.claim.until > viewer.now ? call.claim : null;
  return {
    id: call.id,
    departmentCode: call.departmentCode,
    purpose: call.purpose,
    dischargedOn: call.dischargedOn,
    period: call.period,
    state: call.state,
    dueOn: call.dueOn,
    closesOn: call.closesOn,
    nextAttemptAt: call.nextAttemptAt.toISOString(),
    outcome: ended ? call.outcome : null,
    attempts: shown.map(({ disposition, startedAt }) => ({
      disposition,
      startedAt: startedAt.toISOString(),
    })),
    claim: claim && {
      by: claim.byName,
      mine: claim.by === viewer.accountId,
      until: claim.until.toISOString(),
    },
  };
}
