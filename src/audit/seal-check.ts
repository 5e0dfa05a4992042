import { addDays } from '../shared/reporting-period.ts';
import { readSeal } from './audit-seal.ts';
import type { AuditSeal } from './audit-seal.ts';
import type { AuditMac } from './chained-event.ts';
import type { TrailProblem } from './trail-check.ts';

function dayOf(value: unknown): string {
  const day: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'day') : null;
  return typeof day === 'string' ? day : '';
}

type Tell = (kind: TrailProblem['kind'], place: string) => void;

function checkNext(before: AuditSeal | null, seal: AuditSeal, tell: Tell): void {
  const expected = before === null ? null : addDays(before.day, 1);
  if (expected === null && seal.previous !== '') tell('seal-missing', addDays(seal.day, -1));
  else if (expected !== null && seal.day !== expected) tell('seal-missing', expected);
  else if (seal.previous !== (before?.mac ?? '')) tell('seal-forged', seal.day);
}

/** The seals that are ours; each must follow the one before, unless that one is forged, which is told already. */
function checkOrder(stored: readonly unknown[], mac: AuditMac, tell: Tell): readonly AuditSeal[] {
  const seals: AuditSeal[] = [];
  let before: AuditSeal | 'forged' | null = null;
  for (const value of stored) {
    const seal = readSeal(value, mac);
    if (!seal) tell('seal-forged', dayOf(value));
    else if (before !== 'forged') checkNext(before, seal, tell);
    if (seal) seals.push(seal);
    before = seal ?? 'forged';
  }
  return seals;
}

/** Checks that the seals of the database are ours, follow each other day by day, and are those that stand outside it. */
export function checkSeals(
  stored: readonly unknown[],
  outside: readonly AuditSeal[],
  mac: AuditMac,
): { readonly seals: readonly AuditSeal[]; readonly problems: readonly TrailProblem[] } {
  const problems: TrailProblem[] = [];
  const tell: Tell = (kind, place) => void problems.push({ kind, place, count: 1 });
  const seals = checkOrder(stored, mac, tell);
  const codes = new Map(seals.map((seal) => [seal.day, seal.mac]));
  const known = new Set(stored.map(dayOf));
  for (const { day, mac: code } of outside) {
    if (!known.has(day)) tell('seal-missing', day);
    else if (codes.has(day) && codes.get(day) !== code) tell('seal-forged', day);
  }
  return { seals, problems };
}
