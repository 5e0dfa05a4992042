import { eventIdOf, eventText, readStoredEvent } from './chained-event.ts';
import type { AuditMac, ChainHead, StoredShape } from './chained-event.ts';

/** What somebody did to the trail who has no key. */
export type TrailProblemKind =
  | 'altered'
  | 'removed'
  | 'inserted'
  | 'moved'
  | 'cut-tail'
  | 'seal-missing'
  | 'seal-forged'
  | 'evidence-forged';

/** One problem: its first place, and how many events it is about. */
export interface TrailProblem {
  readonly kind: TrailProblemKind;
  /** Id of an event, day of a seal, or line of the file outside the database. */
  readonly place: string;
  readonly count: number;
}

/** Between what heads the events are checked, and what must be there. */
export interface TrailBounds {
  /** Up to here events may be missing: they were removed when their time was over, or are not asked for. */
  readonly from: ReadonlyMap<string, ChainHead>;
  /** Whether what is left of them is checked: a removal may have been interrupted. */
  readonly leftOver: boolean;
  /** Behind these events are not asked for; null: all are. */
  readonly until: ReadonlyMap<string, ChainHead> | null;
  /** Events that are known to have been written, such as the heads of seals. */
  readonly known: readonly ChainHead[];
}

/** What a pass over all documents has counted. */
export interface TrailCount {
  readonly events: number;
  readonly chains: number;
  readonly beforeChain: number;
  readonly latestBeforeChain: Date | null;
}

/** A pass over all documents in the order of their ids; its memory grows with the chains, not with the events. */
export interface TrailCheck {
  readonly add: (row: Readonly<Record<string, unknown>>) => void;
  readonly end: () => TrailCount;
}

type Chained = Extract<StoredShape, { kind: 'chained' }>;

interface Walk {
  readonly chain: string;
  seq: number;
  /** Code of the event before; null when it is not known what it should be. */
  mac: string | null;
}

const nowhere = (chain: string): ChainHead => ({ chain, seq: 0, mac: '' });

/** What is known of one chain: the codes its events must have at some places, and the last of these places. */
interface Known {
  readonly codes: Map<number, Set<string>>;
  last: number;
}

function knownByChain(heads: readonly ChainHead[]): ReadonlyMap<string, Known> {
  const chains = new Map<string, Known>();
  for (const { chain, seq, mac } of heads) {
    const known = chains.get(chain) ?? { codes: new Map<number, Set<string>>(), last: 0 };
    known.codes.set(seq, (known.codes.get(seq) ?? new Set()).add(mac));
    known.last = Math.max(known.last, seq);
    chains.set(chain, known);
  }
  return chains;
}

/** Judges one event of a chain; `before` is the code it must follow, null when that is not known. */
function createJudge(
  knownOf: ReadonlyMap<string, Known>,
  mac: AuditMac,
  tell: (problem: TrailProblem) => void,
): (found: Chained, before: string | null) => boolean {
  return ({ id, chain, seq, event }, before) => {
    const problem = (kind: TrailProblemKind): boolean => {
      tell({ kind, place: id, count: 1 });
      return false;
    };
    if (!event) return problem('altered');
    if (event.chain !== chain || event.seq !== seq) return problem('moved');
    if (mac('event', eventText(event)) !== event.mac) return problem('altered');
    if (before !== null && event.previous !== before) return problem('moved');
    const codes = [...(knownOf.get(chain)?.codes.get(seq) ?? [])];
    return codes.every((code) => code === event.mac) || problem('altered');
  };
}

/** Begins a pass; problems are told as they are found. */
export function createTrailCheck(
  { from, leftOver, until, known }: TrailBounds,
  mac: AuditMac,
  tell: (problem: TrailProblem) => void,
): TrailCheck {
  const startOf = (chain: string): ChainHead => from.get(chain) ?? nowhere(chain);
  const endOf = (chain: string): number => (until ? (until.get(chain)?.seq ?? startOf(chain).seq) : Infinity);
  const knownOf = knownByChain(
    known.filter(({ chain, seq }) => seq > startOf(chain).seq && seq <= endOf(chain)),
  );
  const judge = createJudge(knownOf, mac, tell);
  const unseen = new Set(knownOf.keys());
  const count = { events: 0, chains: 0, beforeChain: 0, latest: null as Date | null };
  let walk: Walk | null = null;

  const checkTail = (chain: string, seq: number): void => {
    const last = knownOf.get(chain)?.last ?? 0;
    if (last > seq) tell({ kind: 'cut-tail', place: eventIdOf(chain, seq + 1), count: last - seq });
  };
  const enter = (chain: string): Walk => {
    if (walk?.chain === chain) return walk;
    if (walk) checkTail(walk.chain, walk.seq);
    unseen.delete(chain);
    count.chains += 1;
    walk = { ...startOf(chain) };
    return walk;
  };
  const follow = (found: Chained): void => {
    const { chain, seq, event } = found;
    if (seq <= startOf(chain).seq && leftOver) judge(found, null);
    if (seq <= startOf(chain).seq || seq > endOf(chain)) return;
    const current = enter(chain);
    const missing = seq - current.seq - 1;
    if (missing > 0) tell({ kind: 'removed', place: eventIdOf(chain, current.seq + 1), count: missing });
    const good = judge(found, missing > 0 ? null : current.mac);
    count.events += 1;
    current.seq = seq;
    current.mac = good && event ? event.mac : null;
  };
  return {
    add: (row) => {
      const found = readStoredEvent(row);
      if (found.kind === 'chained') follow(found);
      else if (found.kind === 'foreign') tell({ kind: 'inserted', place: found.id, count: 1 });
      else {
        count.beforeChain += 1;
        if (!count.latest || found.at > count.latest) count.latest = found.at;
      }
    },
    end: () => {
      if (walk) checkTail(walk.chain, walk.seq);
      for (const chain of unseen) checkTail(chain, startOf(chain).seq);
      const { latest: latestBeforeChain, ...counts } = count;
      return { ...counts, latestBeforeChain };
    },
  };
}
