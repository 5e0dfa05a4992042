import { auditOutcomes } from './audit-event.ts';
import type { AuditEvent } from './audit-event.ts';

/** The last event of a chain: a chain is what one process has written since it started. */
export interface ChainHead {
  readonly chain: string;
  /** From 1; 0 while the chain is empty. */
  readonly seq: number;
  /** Empty while the chain is empty. */
  readonly mac: string;
}

/** An event in its place: which chain, which link of it, and the code of the link before. */
export interface ChainedEvent extends AuditEvent {
  readonly chain: string;
  readonly seq: number;
  /** `mac` of the event before; empty for the first. */
  readonly previous: string;
  /** Keyed code over everything else. */
  readonly mac: string;
}

/** A keyed code of a text; texts of different purposes never have the same. */
export type AuditMac = (purpose: 'event' | 'seal' | 'mark' | 'state', text: string) => string;

/** What the code of an event covers: all of it and its place, in an order that is fixed for ever. */
export function eventText(event: Omit<ChainedEvent, 'mac'>): string {
  const { chain, seq, previous, at, actor, action, subject, outcome } = event;
  const { requestId = null, fields = null, address = null } = event;
  const told = [at.toISOString(), actor, action, subject, outcome, requestId, fields, address];
  return JSON.stringify([chain, seq, previous, ...told]);
}

/** Puts an event behind the head of a chain. */
export function linkEvent(event: AuditEvent, head: ChainHead, mac: AuditMac): ChainedEvent {
  const placed = { ...event, chain: head.chain, seq: head.seq + 1, previous: head.mac };
  return { ...placed, mac: mac('event', eventText(placed)) };
}

/** The head a chain has after an event. */
export function headAfter({ chain, seq, mac }: ChainedEvent): ChainHead {
  return { chain, seq, mac };
}

/** Id of the event at a place: ids sort as the events were written, chain by chain. */
export function eventIdOf(chain: string, seq: number): string {
  return `${chain}/${String(seq).padStart(10, '0')}`;
}

/** A stored document as the verification sees it: in a chain, from before there were chains, or none of ours. */
export type StoredShape =
  | { readonly kind: 'chained'; readonly id: string; readonly chain: string; readonly seq: number; readonly event: ChainedEvent | null } // prettier-ignore
  | { readonly kind: 'before-chain'; readonly at: Date }
  | { readonly kind: 'foreign'; readonly id: string };

/** A document as it is stored, or a line as it is written, before anything is known of it. */
export type AuditRow = Readonly<Record<string, unknown>>;

/** Whether a value has fields. */
export function isRow(value: unknown): value is AuditRow {
  return typeof value === 'object' && value !== null;
}

const idPattern = /^([\w-]{1,64})\/(\d{10})$/;
const chainNames = ['chain', 'seq', 'previous', 'mac'];
const eventNames = ['_id', 'at', 'actor', 'action', 'subject', 'outcome', 'requestId', 'fields', 'address'];
const names: ReadonlySet<string> = new Set([...eventNames, ...chainNames]);

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrMissing = (value: unknown): boolean => value === undefined || isText(value);

function isEvent(row: AuditRow): row is AuditRow & AuditEvent {
  const { fields } = row;
  return (
    row['at'] instanceof Date &&
    ['actor', 'action', 'subject'].every((name) => isText(row[name])) &&
    auditOutcomes.some((outcome) => outcome === row['outcome']) &&
    ['requestId', 'address'].every((name) => isTextOrMissing(row[name])) &&
    (fields === undefined || (Array.isArray(fields) && fields.every(isText))) &&
    Object.keys(row).every((name) => names.has(name))
  );
}

function isChained(row: AuditRow): row is AuditRow & ChainedEvent {
  const texts = ['chain', 'previous', 'mac'].every((name) => isText(row[name]));
  return isEvent(row) && texts && Number.isInteger(row['seq']);
}

/** Reads a stored document strictly: `event` is null where one field too many, too few or of another kind stands. */
export function readStoredEvent(row: AuditRow): StoredShape {
  const id = String(row['_id']);
  const place = isText(row['_id']) ? idPattern.exec(id) : null;
  if (place) {
    const [, chain = '', seq = ''] = place;
    return { kind: 'chained', id, chain, seq: Number(seq), event: isChained(row) ? row : null };
  }
  const unchained = isText(row['_id']) && chainNames.every((name) => row[name] === undefined);
  return unchained && isEvent(row) ? { kind: 'before-chain', at: row.at } : { kind: 'foreign', id };
}
