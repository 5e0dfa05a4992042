import { randomBytes } from 'node:crypto';
import type { AuditDeps, AuditSlice } from '../../src/audit/audit.wiring.ts';
import type { AuditOutcome } from '../../src/audit/audit-event.ts';
import { movingClock } from '../support/moving-clock.ts';
import type { MovingClock } from '../support/moving-clock.ts';
import { heldEvidence, testAudit } from '../support/test-audit.ts';
import type { HeldEvidence } from '../support/test-audit.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/** A trail that processes write and somebody without the key may change. */
export interface AuditWorld {
  readonly database: TestDatabase;
  readonly clock: MovingClock;
  readonly evidence: () => HeldEvidence;
  /** Another process of the service, with a chain of its own. */
  readonly startProcess: (changes?: Partial<AuditDeps>) => AuditSlice;
  /** The stored events, as anybody who can write the database sees them. */
  readonly rows: () => Promise<Record<string, unknown>[]>;
  /** Empties the trail and forgets what stands outside. */
  readonly clear: () => Promise<void>;
}

/** Opens the world at ten in the morning of 1 October 2026, hospital time. */
export async function openAuditWorld(): Promise<AuditWorld> {
  const database = await openTestDatabase();
  const clock = movingClock('2026-10-01T02:00:00Z');
  // Processes that died in an earlier story may still mark how far they came: each story has a folder of its own.
  let evidence = heldEvidence();
  const secret = randomBytes(32).toString('base64');
  const startProcess: AuditWorld['startProcess'] = (changes = {}) =>
    testAudit(database.connection, clock, { secret, evidence, ...changes });
  startProcess();
  await database.buildIndexes();
  const collections = ['auditEvents', 'auditSeals', 'auditStates'];
  return {
    database,
    clock,
    evidence: () => evidence,
    startProcess,
    rows: () => database.connection.collection('auditEvents').find().sort({ _id: 1 }).toArray(),
    clear: async () => {
      for (const name of collections) await database.connection.collection(name).deleteMany({});
      evidence = heldEvidence();
    },
  };
}

/** Records some events of one person. */
export async function act(
  audit: AuditSlice,
  count: number,
  outcome: AuditOutcome = 'succeeded',
): Promise<void> {
  const event = { actor: 'a1', action: 'staff-member.save', outcome, requestId: 'r1', fields: ['name'] };
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      audit.recordAuditEvent({ ...event, subject: `staff-member/${i}` }),
    ),
  );
}
