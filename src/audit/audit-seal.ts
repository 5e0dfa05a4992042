import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { isRow } from './chained-event.ts';
import type { AuditMac, ChainHead } from './chained-event.ts';

/** How far every chain had come when a day was over. Seals are a chain themselves, and joined with the chains of events. */
export interface AuditSeal {
  /** The hospital's day that is sealed. */
  readonly day: CalendarDate;
  readonly sealedAt: Date;
  /** `mac` of the seal of the day before; empty for the first. */
  readonly previous: string;
  /** Moment of the first event that ever was in a chain. */
  readonly beganAt: Date;
  /** How many events there were from before chains. */
  readonly beforeChain: number;
  /** The chains that have grown since the day before. */
  readonly heads: readonly ChainHead[];
  readonly mac: string;
}

/** What the code of a seal covers. */
export function sealText({
  day,
  sealedAt,
  previous,
  beganAt,
  beforeChain,
  heads,
}: Omit<AuditSeal, 'mac'>): string {
  const list = heads.map(({ chain, seq, mac }) => [chain, seq, mac]);
  return JSON.stringify([day, sealedAt.toISOString(), previous, beganAt.toISOString(), beforeChain, list]);
}

/** Completes a seal with its code. */
export function sealed(seal: Omit<AuditSeal, 'mac'>, mac: AuditMac): AuditSeal {
  return { ...seal, mac: mac('seal', sealText(seal)) };
}

function isHead(value: unknown): value is ChainHead {
  if (!isRow(value)) return false;
  const texts = [value['chain'], value['mac']].every((text) => typeof text === 'string');
  return texts && Number.isInteger(value['seq']);
}

const isTime = (value: unknown): value is string | Date =>
  (typeof value === 'string' || value instanceof Date) && !Number.isNaN(new Date(value).getTime());

type Written = Omit<AuditSeal, 'sealedAt' | 'beganAt'> &
  Readonly<Record<'sealedAt' | 'beganAt', string | Date>>;

function isSeal(value: unknown): value is Written {
  if (!isRow(value)) return false;
  const { heads, beforeChain } = value;
  return (
    ['day', 'previous', 'mac'].every((name) => typeof value[name] === 'string') &&
    ['sealedAt', 'beganAt'].every((name) => isTime(value[name])) &&
    Number.isInteger(beforeChain) &&
    Array.isArray(heads) &&
    heads.every(isHead)
  );
}

/** Reads a seal as it is stored or written in a file; null when it is none, or its code is not ours. */
export function readSeal(value: unknown, mac: AuditMac): AuditSeal | null {
  if (!isSeal(value)) return null;
  const seal = { ...value, sealedAt: new Date(value.sealedAt), beganAt: new Date(value.beganAt) };
  return mac('seal', sealText(seal)) === seal.mac ? seal : null;
}

/** How far every chain had come by a day, that day included. */
export function headsBy(seals: readonly AuditSeal[], day: CalendarDate): ReadonlyMap<string, ChainHead> {
  const until = seals.filter((seal) => seal.day <= day).flatMap(({ heads }) => heads);
  return new Map(until.map((head) => [head.chain, head]));
}

/** The days from one to another, both included; none when the second is before the first. */
export function daysBetween(first: CalendarDate, last: CalendarDate): readonly CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
