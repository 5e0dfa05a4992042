import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Logger } from '../shared/logger.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { lineOfSeal, readEvidence } from './audit-evidence.ts';
import type { AuditEvidence } from './audit-evidence.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import { daysBetween, headsBy, readSeal, sealed } from './audit-seal.ts';
import type { AuditSeal } from './audit-seal.ts';
import type { AuditSealStore } from './audit-seal.store.ts';
import { isRow } from './chained-event.ts';
import type { AuditMac, ChainHead } from './chained-event.ts';

/** What sealing needs. */
export interface SealAuditDaysDeps {
  readonly events: Pick<AuditEventStore, 'chains' | 'tail' | 'headBefore' | 'beganAt' | 'countBeforeChain'>;
  readonly seals: Pick<AuditSealStore, 'add' | 'all' | 'find'>;
  readonly evidence: AuditEvidence;
  readonly mac: AuditMac;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly log: Pick<Logger, 'info' | 'error'>;
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

/** Writes a seal outside the database too: into the log, and into the file unless that cannot be written. */
async function tellOutside(deps: SealAuditDaysDeps, seal: AuditSeal): Promise<void> {
  const { day, previous, heads, mac } = seal;
  deps.log.info(
    { auditSeal: { day, previous, chains: heads.length, mac } },
    'a day of the audit trail is sealed',
  );
  await deps.evidence.addLine(lineOfSeal(seal)).catch((error: unknown) => {
    deps.log.error(
      { code: isRow(error) ? error['code'] : null },
      'the audit seal stands in the log only: DATA_DIR cannot be written',
    );
  });
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

async function whatStands({ seals, events, mac }: SealAuditDaysDeps): Promise<Standing | null> {
  const stored = (await seals.all()).flatMap((value) => readSeal(value, mac) ?? []);
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

async function sealDay(deps: SealAuditDaysDeps, own: AuditSeal): Promise<AuditSeal> {
  const seal = (await deps.seals.add(own)) ? own : readSeal(await deps.seals.find(own.day), deps.mac);
  if (!seal) throw new Error('The seal of a day is not ours: verify the audit trail.');
  await tellOutside(deps, seal);
  return seal;
}

/**
 * Builds the sealing. A day has one seal, whoever writes it first: another instance takes that one. What is written after a day
 * was sealed belongs to the next seal, whatever its own time says.
 */
export function createSealAuditDays(deps: SealAuditDaysDeps): SealAuditDays {
  return async (now) => {
    const standing = await whatStands(deps);
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
      last = await sealDay(deps, sealed(seal, deps.mac));
      for (const head of last.heads) known.set(head.chain, head);
    }
    if (days.length > 0) await dropMarks(deps);
    return last?.day ?? null;
  };
}
