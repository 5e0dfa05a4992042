import type { SourceKeys } from '../privacy/source-key.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import { withAttempt } from './attempt-recording.ts';
import type { NewAttempt } from './attempt-recording.ts';
import type { CallClosingStore } from './call-closing.store.ts';
import type { CallRules } from './call-rules.ts';
import type { AttemptFrame } from './next-attempt.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';
import type { PersonConsents } from './person-consents.ts';
import type { SettleDischarges } from './settle-discharges.ts';
import type { SilencePersons } from './silence-person.ts';
import { sourceKeyOf } from './submit-interview.ts';

/** A response that came by a call: the call's keyed fingerprint and when it came. */
export interface ReceivedInterview {
  readonly sourceKey: string;
  readonly receivedAt: Date;
}

/** Which of some calls have an answer. */
export type FindBySourceKeys = (keys: readonly string[]) => Promise<readonly ReceivedInterview[]>;

/** What reconciling needs. */
export interface ReconcileInterviewsDeps {
  readonly closing: Pick<CallClosingStore, 'listOpen' | 'closeExpired'>;
  readonly calls: Pick<FollowUpCallStore, 'addAttempt'>;
  readonly discharges: Pick<DischargeStore, 'findUnsettled' | 'findByIds'>;
  readonly silencePersons: Pick<SilencePersons, 'closeOpen' | 'completeDeaths'>;
  readonly personConsents: Pick<PersonConsents, 'closeForbidden'>;
  readonly settle: SettleDischarges;
  readonly findBySourceKeys: FindBySourceKeys;
  readonly sourceKeys: SourceKeys;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
  readonly isQuietDay?: AttemptFrame['isQuietDay'];
}

/** What a run completed. */
export interface ReconcileResult {
  readonly settledDischarges: number;
  readonly closedCalls: number;
  readonly expiredCalls: number;
}

const batchSize = 500;
/** A nurse's own write comes within seconds of the response; only what is older was left by a crash. */
const graceMs = 5 * 60_000;

/**
 * Completes what a crash left half done: discharges without their call, and open calls whose interview was stored; then
 * closes calls whose last day is over, and those to persons whom nobody contacts any more or who refuse them. Safe to repeat and to run twice at once.
 */
export function createReconcileInterviews(deps: ReconcileInterviewsDeps): () => Promise<ReconcileResult> {
  return async () => {
    const now = deps.clock.now();
    const before = new Date(now.getTime() - graceMs);
    const unsettled = await deps.discharges.findUnsettled(before, batchSize);
    if (unsettled.length > 0) await deps.settle(unsettled);
    await deps.silencePersons.completeDeaths();
    let closedCalls = 0;
    let page = await deps.closing.listOpen('', batchSize);
    while (page.length > 0) {
      closedCalls += await closeAnswered(deps, page, before);
      const called = await deps.discharges.findByIds(page.map(({ dischargeId }) => dischargeId));
      await deps.silencePersons.closeOpen(called);
      await deps.personConsents.closeForbidden(called);
      page = await deps.closing.listOpen(page.at(-1)?.id ?? '', batchSize);
    }
    const yesterday = addDays(deps.time.dateOf(now), -1);
    return {
      settledDischarges: unsettled.length,
      closedCalls,
      expiredCalls: await deps.closing.closeExpired(yesterday),
    };
  };
}

async function closeAnswered(
  deps: ReconcileInterviewsDeps,
  calls: readonly FollowUpCall[],
  before: Date,
): Promise<number> {
  const keyed = calls.map(async (call) => [await sourceKeyOf(deps.sourceKeys, call), call] as const);
  const byKey = new Map(await Promise.all(keyed));
  const received = await deps.findBySourceKeys([...byKey.keys()]);
  let closed = 0;
  for (const { sourceKey, receivedAt } of received) {
    const call = byKey.get(sourceKey);
    if (!call || receivedAt >= before) continue;
    const { attempts, standing } = withAttempt(call.attempts, reconciledAttempt(call, receivedAt), {
      ...call,
      ...deps,
    });
    if (await deps.calls.addAttempt(call.id, call.attempts, attempts, standing)) closed += 1;
  }
  return closed;
}

/** The attempt that must have been made, as far as it can be known. It counts from when the response came. */
function reconciledAttempt(call: FollowUpCall, receivedAt: Date): NewAttempt {
  return {
    attemptId: `reconciled:${call.id}`,
    disposition: 'complete',
    way: 'phone',
    startedAt: receivedAt,
    durationSeconds: 0,
    by: call.claim?.by ?? 'system',
    recordedAt: receivedAt,
    note: null,
    callBackAt: null,
    redFlag: false,
    fingerprint: '',
    reconciled: true,
  };
}
