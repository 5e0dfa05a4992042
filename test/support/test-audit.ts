import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { AuditEvidence } from '../../src/audit/audit-evidence.ts';
import { wireAudit } from '../../src/audit/audit.wiring.ts';
import type { AuditDeps, AuditSlice } from '../../src/audit/audit.wiring.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { silentLogger } from '../../src/shared/logger.ts';

/** Evidence in memory, which a test may read and lose. */
export interface HeldEvidence extends AuditEvidence {
  readonly kept: { lines: string[]; readonly marks: Map<string, string> };
}

/** What stands outside the database, in memory. */
export function heldEvidence(): HeldEvidence {
  const kept = { lines: [] as string[], marks: new Map<string, string>() };
  return {
    kept,
    addLine: (line) => Promise.resolve(void kept.lines.push(line)),
    lines: () => Promise.resolve(kept.lines),
    putMark: (chain, text) => Promise.resolve(void kept.marks.set(chain, text)),
    marks: () => Promise.resolve([...kept.marks.values()]),
    dropMark: (chain) => Promise.resolve(void kept.marks.delete(chain)),
  };
}

/** The real audit trail on a test's database, with a key of its own. */
export function testAudit(
  connection: Connection,
  clock: Clock,
  changes: Partial<AuditDeps> = {},
): AuditSlice {
  return wireAudit({
    connection,
    clock,
    newId: randomIds.newId,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    log: silentLogger,
    secret: randomBytes(32).toString('base64'),
    evidence: heldEvidence(),
    addressOf: () => undefined,
    settings: { retentionDays: 180, sealSchedule: '10 0 * * *', verifySchedule: '40 4 * * *' },
    ...changes,
  });
}
