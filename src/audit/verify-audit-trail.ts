import type { Clock } from '../shared/clock.ts';
import { addDays, laterDay } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { readEvidence } from './audit-evidence.ts';
import type { AuditEvidence, FoundEvidence } from './audit-evidence.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import { headsBy } from './audit-seal.ts';
import type { AuditSeal } from './audit-seal.ts';
import type { AuditSealStore } from './audit-seal.store.ts';
import type { AuditStateStore } from './audit-state.store.ts';
import type { AuditMac, ChainHead } from './chained-event.ts';
import { readRemovedUpTo } from './removed-up-to.ts';
import { checkSeals } from './seal-check.ts';
import { createTrailCheck } from './trail-check.ts';
import type { TrailCount, TrailProblem } from './trail-check.ts';

/** What verifying needs. */
export interface VerifyAuditTrailDeps {
  readonly events: Pick<AuditEventStore, 'everything'>;
  readonly seals: Pick<AuditSealStore, 'all'>;
  readonly states: Pick<AuditStateStore, 'get'>;
  readonly evidence: AuditEvidence;
  readonly mac: AuditMac;
  readonly clock: Clock;
  /** How far this process itself has come; null when it has written nothing. */
  readonly ownHead: () => ChainHead | null;
}

/** Which days are verified; a bound left out is the beginning or the present. */
export interface VerifiedDays {
  readonly from?: CalendarDate;
  readonly until?: CalendarDate;
}

/** What a verification found. */
export interface TrailVerification extends VerifiedDays {
  readonly at: Date;
  readonly events: number;
  readonly chains: number;
  /** Events from before chains: counted, not verified. */
  readonly beforeChain: number;
  readonly lastSealed: CalendarDate | null;
  /** Since when what stands outside the database is taken into account, after a restore. */
  readonly restoredAt: Date | null;
  readonly problemCount: number;
  /** The first of them. */
  readonly problems: readonly TrailProblem[];
}

/** Reads the whole trail and tells every problem. */
export type VerifyAuditTrail = (days?: VerifiedDays) => Promise<TrailVerification>;

const mostTold = 100;

interface Known {
  readonly seals: readonly AuditSeal[];
  readonly found: FoundEvidence;
  readonly removedUpTo: CalendarDate | null;
  readonly problems: readonly TrailProblem[];
}

async function whatIsKnown({ seals, states, evidence, mac }: VerifyAuditTrailDeps): Promise<Known> {
  const found = await readEvidence(evidence, mac);
  const checked = checkSeals(await seals.all(), found.seals, mac);
  const { day, problem } = readRemovedUpTo(await states.get('removed-up-to'));
  const forged = found.forged.map((place): TrailProblem => ({ kind: 'evidence-forged', place, count: 1 }));
  const problems = [...checked.problems, ...forged, ...(problem ? [problem] : [])];
  return { seals: checked.seals, found, removedUpTo: day, problems };
}

/** What came before chains cannot be younger than the first sealed day, nor become more. */
function beforeChainProblem(count: TrailCount, first: AuditSeal | undefined): TrailProblem | null {
  if (!first || count.beforeChain === 0) return null;
  const more = count.beforeChain - first.beforeChain;
  const younger = count.latestBeforeChain !== null && count.latestBeforeChain > first.sealedAt;
  if (more <= 0 && !younger) return null;
  return { kind: 'inserted', place: 'before the first chain', count: Math.max(1, more) };
}

/**
 * Builds the verification: every event's code, its place and what it follows, every seal, and what stands outside the database.
 * Constant memory, whatever the number of events. It may run while events are written.
 */
export function createVerifyAuditTrail(deps: VerifyAuditTrailDeps): VerifyAuditTrail {
  return async (days = {}) => {
    for (;;) {
      const found = await verifyOnce(deps, days);
      // What was removed in the meantime because its time was over would look like a hole.
      const { day } = readRemovedUpTo(await deps.states.get('removed-up-to'));
      if (day === found.removedUpTo) return found.verification;
    }
  };
}

async function verifyOnce(
  deps: VerifyAuditTrailDeps,
  days: VerifiedDays,
): Promise<{ readonly verification: TrailVerification; readonly removedUpTo: CalendarDate | null }> {
  const at = deps.clock.now();
  const own = deps.ownHead();
  const { seals, found, removedUpTo, problems: known } = await whatIsKnown(deps);
  const problems = known.slice(0, mostTold);
  let problemCount = known.length;
  const tell = (problem: TrailProblem): void => {
    problemCount += 1;
    if (problems.length < mostTold) problems.push(problem);
  };
  const start = laterDay(days.from === undefined ? null : addDays(days.from, -1), removedUpTo);
  const sealedUntil = seals.some(({ day }) => day === days.until) ? days.until : undefined;
  const check = createTrailCheck(
    {
      from: start === null ? new Map<string, ChainHead>() : headsBy(seals, start),
      leftOver: days.from === undefined,
      until: sealedUntil === undefined ? null : headsBy(seals, sealedUntil),
      known: [...seals, ...found.seals].flatMap(({ heads }) => heads).concat(found.marks, own ?? []),
    },
    deps.mac,
    tell,
  );
  for await (const row of deps.events.everything()) check.add(row);
  const count = check.end();
  const before = beforeChainProblem(count, seals[0]);
  if (before) tell(before);
  const verification = {
    ...days,
    at,
    events: count.events,
    chains: count.chains,
    beforeChain: count.beforeChain,
    lastSealed: seals.at(-1)?.day ?? null,
    restoredAt: found.restoredAt,
    problemCount,
    problems,
  };
  return { verification, removedUpTo };
}
