import { Schema, trusted } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { auditOutcomes } from './audit-event.ts';
import type { AuditEvent, AuditOutcome } from './audit-event.ts';
import { eventIdOf, headAfter } from './chained-event.ts';
import type { ChainedEvent, ChainHead } from './chained-event.ts';

/** An event as it is kept. */
export interface StoredAuditEvent extends AuditEvent {
  readonly id: string;
}

type Row = ChainedEvent & { readonly _id: string };
/** The code is missing of what was kept before events were chained. */
type AnyRow = AuditEvent & Partial<ChainedEvent> & { readonly _id: string };

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  at: { type: Date, required: true },
  actor: { type: String, required: true },
  action: { type: String, required: true },
  subject: { type: String, required: true },
  outcome: { type: String, enum: auditOutcomes, required: true },
  requestId: { type: String },
  fields: { type: [String], default: undefined },
  address: { type: String },
  chain: { type: String, required: true },
  seq: { type: Number, required: true },
  previous: { type: String },
  mac: { type: String, required: true },
});
schema.index({ at: -1, _id: -1 });
schema.index({ subject: 1, at: -1 });
schema.index({ actor: 1, at: -1 });
schema.index({ requestId: 1 });

/** The audit trail. It only grows: nothing changes an event, and only what is older than the retention is removed. */
export interface AuditEventStore {
  /** Adds events in their order; a second one at the same place rejects, and what comes after it is not added. */
  readonly append: (events: readonly ChainedEvent[]) => Promise<void>;
  /** The last event of a chain. */
  readonly tail: (chain: string) => Promise<ChainHead | null>;
  /** The last event of a chain from before a moment. */
  readonly headBefore: (chain: string, moment: Date) => Promise<ChainHead | null>;
  /** The names of all chains. */
  readonly chains: () => Promise<readonly string[]>;
  /** Moment of the oldest event that is in a chain. */
  readonly beganAt: () => Promise<Date | null>;
  /** How many events there are from before chains. */
  readonly countBeforeChain: () => Promise<number>;
  /** Every document as it is stored, in the order of its id, a few at a time. */
  readonly everything: () => AsyncIterable<Readonly<Record<string, unknown>>>;
  /** Removes the events of a chain up to and with a head. */
  readonly removeUpTo: (head: ChainHead) => Promise<number>;
  /** Removes events from before chains that are older than a moment. */
  readonly removeBeforeChain: (moment: Date) => Promise<number>;
  /** Wanted events, newest first, at most `limit`. */
  readonly list: (wanted: WantedEvents, limit: number) => Promise<readonly StoredAuditEvent[]>;
  /** All wanted events, newest first, a few at a time. */
  readonly stream: (wanted: WantedEvents) => AsyncIterable<StoredAuditEvent>;
  /** Of some requests, the events that tell an outcome. */
  readonly outcomesOf: (requestIds: readonly string[]) => Promise<readonly StoredAuditEvent[]>;
  /** The latest events of one subject, newest first, at most `limit`. */
  readonly ofSubject: (subject: string, limit: number) => Promise<readonly StoredAuditEvent[]>;
  /** The latest events of all, newest first, at most `limit`. */
  readonly latest: (limit: number) => Promise<readonly StoredAuditEvent[]>;
}

/** Which events are wanted; every bound is optional. */
export interface WantedEvents {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly outcome?: AuditOutcome;
  readonly requestId?: string;
  /** From this moment on. */
  readonly from?: Date;
  /** Before this moment. */
  readonly before?: Date;
  /** Only those that follow this one, newest first. */
  readonly after?: { readonly at: Date; readonly id: string };
}

/** What people are shown of an event. */
export function shownEvent(row: AnyRow): StoredAuditEvent {
  const { _id: id, at, actor, action, subject, outcome, requestId, fields, address } = row;
  return {
    id,
    at,
    actor,
    action,
    subject,
    outcome,
    ...(requestId === undefined ? {} : { requestId }),
    ...(fields === undefined ? {} : { fields }),
    ...(address === undefined ? {} : { address }),
  };
}

/** Registers the collection `auditEvents`. */
export function defineAuditEvents(connection: Connection): Model<Row> {
  return defineCollection<Row>(connection, 'auditEvents', schema);
}

function filterOf({ from, before, after, ...exact }: WantedEvents): object {
  const time = { ...(from && { $gte: from }), ...(before && { $lt: before }) };
  return {
    ...exact,
    ...(Object.keys(time).length > 0 && { at: trusted(time) }),
    ...(after && {
      $or: [{ at: trusted({ $lt: after.at }) }, { at: after.at, _id: trusted({ $lt: after.id }) }],
    }),
  };
}

async function* shown(rows: AsyncIterable<AnyRow>): AsyncIterable<StoredAuditEvent> {
  for await (const row of rows) yield shownEvent(row);
}

const inChain = { mac: trusted({ $exists: true }) };
const beforeChain = { mac: trusted({ $exists: false }) };
const idsOf = (chain: string): object => ({ $gte: eventIdOf(chain, 0), $lt: `${chain}0` });

async function chainsOf(model: Model<Row>): Promise<readonly string[]> {
  const found: string[] = [];
  for (;;) {
    // '0' is the character after '/': the next chain begins behind all ids of the last one.
    const after = found.length === 0 ? '' : `${found.at(-1)}0`;
    const [next] = await model
      .find({ _id: trusted({ $gte: after }), ...inChain })
      .sort({ _id: 1 })
      .limit(1)
      .lean<Row[]>();
    if (!next) return found;
    found.push(next._id.split('/', 1)[0] ?? '');
  }
}

/** Stores events in the collection `auditEvents`. */
export function createAuditEventStore(model: Model<Row>): AuditEventStore {
  const read = async (filter: { subject?: string }, limit: number): Promise<readonly StoredAuditEvent[]> => {
    const rows = await model.find(filter).sort({ at: -1, _id: -1 }).limit(limit).lean<AnyRow[]>();
    return rows.map(shownEvent);
  };
  const last = async (filter: object): Promise<ChainHead | null> => {
    const [row] = await model.find(filter).sort({ _id: -1 }).limit(1).lean<Row[]>();
    return row ? headAfter(row) : null;
  };
  return {
    append: async (events) => {
      const rows = events.map((event) => ({ _id: eventIdOf(event.chain, event.seq), ...event }));
      await model.insertMany(rows, { ordered: true });
    },
    tail: (chain) => last({ _id: trusted(idsOf(chain)) }),
    headBefore: (chain, moment) => last({ _id: trusted(idsOf(chain)), at: trusted({ $lt: moment }) }),
    chains: () => chainsOf(model),
    beganAt: async () => {
      const [row] = await model.find(inChain).sort({ at: 1 }).limit(1).lean<Row[]>();
      return row?.at ?? null;
    },
    countBeforeChain: () => model.countDocuments(beforeChain),
    everything: () =>
      model.collection.find({}, { batchSize: 1_000 }).sort({ _id: 1 }) as AsyncIterable<
        Readonly<Record<string, unknown>>
      >,
    removeUpTo: async ({ chain, seq }) => {
      const range = { $gte: eventIdOf(chain, 0), $lte: eventIdOf(chain, seq) };
      return (await model.deleteMany({ _id: trusted(range) })).deletedCount;
    },
    removeBeforeChain: async (moment) =>
      (await model.deleteMany({ ...beforeChain, at: trusted({ $lt: moment }) })).deletedCount,
    list: async (wanted, limit) =>
      (await model.find(filterOf(wanted)).sort({ at: -1, _id: -1 }).limit(limit).lean<AnyRow[]>()).map(
        shownEvent,
      ),
    stream: (wanted) =>
      shown(
        model.find(filterOf(wanted)).sort({ at: -1, _id: -1 }).lean<AnyRow[]>().cursor({ batchSize: 1_000 }),
      ),
    outcomesOf: async (requestIds) => {
      const filter = {
        requestId: trusted({ $in: [...requestIds] }),
        outcome: trusted({ $in: auditOutcomes.filter((one) => one !== 'attempted') }),
      };
      return (await model.find(filter).lean<AnyRow[]>()).map(shownEvent);
    },
    ofSubject: (subject, limit) => read({ subject }, limit),
    latest: (limit) => read({}, limit),
  };
}
