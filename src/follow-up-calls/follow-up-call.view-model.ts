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

/** The call as the API shows it to somebody. */
export function followUpCallView(call: FollowUpCall, viewer: Viewer): FollowUpCallView {
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
    outcome: call.outcome,
    attempts: call.attempts.map(({ disposition, startedAt }) => ({
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
