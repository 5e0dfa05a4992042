import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { readEvidence } from './audit-evidence.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import { daysBetween, headsBy, readSeal, sealed } from './audit-seal.ts';
import type { AuditSeal } from './audit-seal.ts';
import type { AuditSealStore } from './audit-seal.store.ts';
import type { ChainHead } from './chained-event.ts';
import { keepSeal, tellLacking } from './keep-seal.ts';
import type { KeepSealDeps } from './keep-seal.ts';

/** What sealing needs. */
export interface SealAuditDaysDeps extends KeepSealDeps {
  readonly events: Pick<AuditEventStore, 'chains' | 'tail' | 'headBefore' | 'beganAt' | 'countBeforeChain'>;
  readonly seals: Pick<AuditSealStore, 'add' | 'all' | 'find'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  /** The chain this process writes: its mark stays. */
  readonly ownHead: () => ChainHead | null;
}

/** Seals every day that is over and has no seal yet, the oldest first. Resolves to the last sealed day. */
export type SealAuditDays = (now: Date) => Promise<CalendarDate | null>;

/** A clock that jumps far ahead must not seal years at once. */
const mostDays = 40;

async function tailsOf(events: SealAuditDaysDeps['events']): Promise<readonly ChainHead[]> {
  const tails: ChainHead[] = [];
  for (const chain of await events.chains()) {
    const tail = await events.tail(chain);
    if (tail) tails.push(tail);
  }
  return tails;
}

async function grownBy(
  deps: SealAuditDaysDeps,
  tails: readonly ChainHead[],
  known: ReadonlyMap<string, ChainHead>,
  end: Date,
): Promise<readonly ChainHead[]> {
  const grown: ChainHead[] = [];
  for (const { chain, seq } of tails) {
    const before = known.get(chain)?.seq ?? 0;
    const head = seq > before ? await deps.events.headBefore(chain, end) : null;
    if (head && head.seq > before) grown.push(head);
  }
  return grown;
}

/** A mark that a seal outside the database has passed says nothing more. */
async function dropMarks({ evidence, mac, ownHead }: SealAuditDaysDeps): Promise<void> {
  const { seals, marks } = await readEvidence(evidence, mac);
  const last = seals.at(-1);
  if (!last) return;
  const passed = headsBy(seals, last.day);
  for (const { chain, seq } of marks) {
    if (chain !== ownHead()?.chain && (passed.get(chain)?.seq ?? 0) >= seq) await evidence.dropMark(chain);
  }
}

/** What a new seal follows: the last one, or the first event. */
interface Standing {
  readonly last: AuditSeal | undefined;
  readonly known: Map<string, ChainHead>;
  readonly beganAt: Date;
  readonly beforeChain: number;
}

async function whatStands(
  { events }: SealAuditDaysDeps,
  stored: readonly AuditSeal[],
): Promise<Standing | null> {
  const last = stored.at(-1);
  if (last) return { last, known: new Map(headsBy(stored, last.day)), ...last };
  const beganAt = await events.beganAt();
  if (!beganAt) return null;
  return { last, known: new Map(), beganAt, beforeChain: await events.countBeforeChain() };
}

function dueDays(
  { hospitalTime }: SealAuditDaysDeps,
  { last, beganAt }: Standing,
  now: Date,
): readonly CalendarDate[] {
  const first = last ? addDays(last.day, 1) : hospitalTime.dateOf(beganAt);
  return daysBetween(first, addDays(hospitalTime.dateOf(now), -1)).slice(0, mostDays);
}

/**
 * Builds the sealing. A day has one seal, whoever writes it first: another instance takes that one. What is written after a day
 * was sealed belongs to the next seal, whatever its own time says. Seals that an earlier run could not write outside are written.
 */
export function createSealAuditDays(deps: SealAuditDaysDeps): SealAuditDays {
  return async (now) => {
    const stored = (await deps.seals.all()).flatMap((value) => readSeal(value, deps.mac) ?? []);
    await tellLacking(deps, stored);
    const standing = await whatStands(deps, stored);
    if (!standing) return null;
    const { known, beganAt, beforeChain } = standing;
    const days = dueDays(deps, standing, now);
    const tails = days.length === 0 ? [] : await tailsOf(deps.events);
    let { last } = standing;
    for (const day of days) {
      const end = deps.hospitalTime.momentOf(addDays(day, 1), '00:00');
      const heads = await grownBy(deps, tails, known, end);
      const seal = {
        day,
        sealedAt: deps.clock.now(),
        previous: last?.mac ?? '',
        beganAt,
        beforeChain,
        heads,
      };
      last = await keepSeal(deps, sealed(seal, deps.mac));
      for (const head of last.heads) known.set(head.chain, head);
    }
    if (days.length > 0) await dropMarks(deps);
    return last?.day ?? null;
  };
}
