import { isDuplicateKey } from '../database/database-error.ts';
import type { AuditEvent } from './audit-event.ts';
import { headAfter, linkEvent } from './chained-event.ts';
import type { AuditMac, ChainedEvent, ChainHead } from './chained-event.ts';

/** What a chain needs. */
export interface AuditChainDeps {
  /** Stores events in their order: when it rejects, some of the first may be stored, and none after a gap. */
  readonly append: (events: readonly ChainedEvent[]) => Promise<void>;
  /** The last stored event of a chain; null when it has none. */
  readonly tail: (chain: string) => Promise<ChainHead | null>;
  readonly mac: AuditMac;
  readonly newId: () => string;
  /** Told of every head that is in the journal. */
  readonly onHead: (head: ChainHead) => void;
  /** Told when somebody else has written into or cut this process's chain; it goes on in a new one. */
  readonly onForeign: (head: ChainHead) => void;
}

/** The chain this process writes. */
export interface AuditChain {
  /** Resolves after the journal has the event; rejects when it could not be kept, and the chain goes on without it. */
  readonly append: (event: AuditEvent) => Promise<void>;
  /** The last event that is in the journal; null before the first. */
  readonly head: () => ChainHead | null;
  /** Waits for what is being written, then ends the chain with `last`; what comes later begins a new one. */
  readonly end: (last: AuditEvent) => Promise<void>;
}

interface Waiting {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface ChainState {
  head: ChainHead;
  /** Whether `head` is the last event that is stored. */
  certain: boolean;
  /** Codes of events that may be stored, or may yet come to be. */
  readonly doubtful: Set<string>;
}

const mostTogether = 200;
const mostTries = 4;

const emptyChain = ({ newId }: AuditChainDeps): ChainHead => ({ chain: newId(), seq: 0, mac: '' });

async function settle(deps: AuditChainDeps, state: ChainState): Promise<void> {
  const { head, doubtful } = state;
  const tail = (await deps.tail(head.chain)) ?? { ...head, seq: 0, mac: '' };
  if (tail.mac !== head.mac && doubtful.has(tail.mac)) state.head = tail;
  else if (tail.mac !== head.mac) {
    deps.onForeign(head);
    state.head = emptyChain(deps);
  }
  state.certain = true;
}

function linkAll(deps: AuditChainDeps, head: ChainHead, batch: readonly Waiting[]): readonly ChainedEvent[] {
  const linked: ChainedEvent[] = [];
  let last = head;
  for (const { event } of batch) {
    const next = linkEvent(event, last, deps.mac);
    linked.push(next);
    last = headAfter(next);
  }
  return linked;
}

/** Stores what it can and gives how many of the first are stored, with the error that kept the others out. */
async function store(
  deps: AuditChainDeps,
  state: ChainState,
  batch: readonly Waiting[],
): Promise<{ readonly stored: number; readonly error: unknown }> {
  if (!state.certain) await settle(deps, state);
  const events = linkAll(deps, state.head, batch);
  for (const { mac } of events) state.doubtful.add(mac);
  state.certain = false;
  try {
    await deps.append(events);
  } catch (error) {
    await settle(deps, state);
    return { stored: events.findIndex(({ mac }) => mac === state.head.mac) + 1, error };
  }
  state.head = events.map(headAfter).at(-1) ?? state.head;
  state.certain = true;
  state.doubtful.clear();
  return { stored: events.length, error: null };
}

/** Writes a batch; never rejects: each event is told its own end. */
async function write(
  deps: AuditChainDeps,
  state: ChainState,
  batch: readonly Waiting[],
  tries = 1,
): Promise<void> {
  const { stored, error } = await store(deps, state, batch).catch((cause: unknown) => ({
    stored: 0,
    error: cause,
  }));
  if (stored > 0) deps.onHead(state.head);
  for (const { resolve } of batch.slice(0, stored)) resolve();
  const rest = batch.slice(stored);
  if (rest.length === 0) return;
  if (isDuplicateKey(error) && tries < mostTries) await write(deps, state, rest, tries + 1);
  else for (const { reject } of rest) reject(error);
}

/**
 * Builds the chain. Events that arrive while others are being written are written together after them, so that the order of the
 * chain is the order of its events and a gap can only come from outside. When a write fails, the end of the chain is read before
 * anything else is written: of a lost answer nobody knows whether the event is stored.
 */
export function createAuditChain(deps: AuditChainDeps): AuditChain {
  const state: ChainState = { head: emptyChain(deps), certain: true, doubtful: new Set() };
  const waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await write(deps, state, waiting.splice(0, mostTogether));
    writing = null;
  };
  const append = (event: AuditEvent): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ event, resolve, reject });
      writing ??= drain();
    });
  return {
    append,
    head: () => (state.head.seq === 0 ? null : state.head),
    end: async (last) => {
      await writing;
      if (state.head.seq === 0) return;
      await append(last);
      state.head = emptyChain(deps);
    },
  };
}
