import type { AuditSeal } from './audit-seal.ts';
import { readSeal } from './audit-seal.ts';
import { isRow } from './chained-event.ts';
import type { AuditMac, ChainHead } from './chained-event.ts';

/** What the audit keeps outside the database: lines that are only added, and how far each running chain has come. */
export interface AuditEvidence {
  /** Adds a line; resolves when the disk has it. */
  readonly addLine: (line: string) => Promise<void>;
  readonly lines: () => Promise<readonly string[]>;
  /** Replaces a chain's mark, whole or not at all; resolves when the disk has it. */
  readonly putMark: (chain: string, text: string) => Promise<void>;
  readonly marks: () => Promise<readonly string[]>;
  readonly dropMark: (chain: string) => Promise<void>;
}

/** What was found outside the database, checked. */
export interface FoundEvidence {
  readonly seals: readonly AuditSeal[];
  /** How far chains had come, as last marked. */
  readonly marks: readonly ChainHead[];
  /** Lines and marks that are none of ours, or were changed. */
  readonly forged: readonly string[];
  /** When the database was last restored from a backup: what was found before says nothing any more. */
  readonly restoredAt: Date | null;
}

interface Mark {
  readonly at: string;
  readonly chain: string;
  readonly seq: number;
  readonly head: string;
  readonly mac: string;
}

const markText = ({ at, chain, seq, head }: Omit<Mark, 'mac'>): string =>
  JSON.stringify(['mark', at, chain, seq, head]);
const restoreText = (restoredAt: string): string => JSON.stringify(['restored', restoredAt]);

/** The mark of a chain's head. */
export function markOf({ chain, seq, mac: head }: ChainHead, at: Date, mac: AuditMac): string {
  const mark = { at: at.toISOString(), chain, seq, head };
  return JSON.stringify({ ...mark, mac: mac('mark', markText(mark)) });
}

/** The line of a seal. */
export function lineOfSeal(seal: AuditSeal): string {
  return JSON.stringify(seal);
}

/** The line that says that the database was restored from a backup. */
export function lineOfRestore(restored: Date, mac: AuditMac): string {
  const restoredAt = restored.toISOString();
  return JSON.stringify({ restoredAt, mac: mac('mark', restoreText(restoredAt)) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readRestore(value: unknown, mac: AuditMac): Date | null {
  const restoredAt = isRow(value) ? value['restoredAt'] : null;
  if (!isRow(value) || typeof restoredAt !== 'string') return null;
  return mac('mark', restoreText(restoredAt)) === value['mac'] ? new Date(restoredAt) : null;
}

function isMark(value: unknown): value is Mark {
  if (!isRow(value)) return false;
  const texts = ['at', 'chain', 'head', 'mac'].every((name) => typeof value[name] === 'string');
  return texts && Number.isInteger(value['seq']);
}

const readMark = (value: unknown, mac: AuditMac): Mark | null =>
  isMark(value) && mac('mark', markText(value)) === value.mac ? value : null;

/** Reads what is kept outside the database. */
export async function readEvidence(evidence: AuditEvidence, mac: AuditMac): Promise<FoundEvidence> {
  const forged: string[] = [];
  let seals: AuditSeal[] = [];
  let restoredAt: Date | null = null;
  for (const [index, line] of (await evidence.lines()).entries()) {
    const value = parse(line);
    const restored = readRestore(value, mac);
    const seal = restored ? null : readSeal(value, mac);
    if (restored) {
      restoredAt = restored;
      seals = [];
    } else if (seal) seals.push(seal);
    else forged.push(`line ${index + 1}`);
  }
  const marks: ChainHead[] = [];
  for (const text of await evidence.marks()) {
    const mark = readMark(parse(text), mac);
    const stands = mark !== null && (restoredAt === null || mark.at > restoredAt.toISOString());
    if (mark === null) forged.push('mark');
    else if (stands) marks.push({ chain: mark.chain, seq: mark.seq, mac: mark.head });
  }
  return { seals, marks, forged, restoredAt };
}
