import type { Logger } from '../shared/logger.ts';
import { lineOfSeal, readEvidence } from './audit-evidence.ts';
import type { AuditEvidence } from './audit-evidence.ts';
import { readSeal } from './audit-seal.ts';
import type { AuditSeal } from './audit-seal.ts';
import type { AuditSealStore } from './audit-seal.store.ts';
import { isRow } from './chained-event.ts';
import type { AuditMac } from './chained-event.ts';

/** What keeping a seal needs. */
export interface KeepSealDeps {
  readonly seals: Pick<AuditSealStore, 'add' | 'find'>;
  readonly evidence: AuditEvidence;
  readonly mac: AuditMac;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

function logSeal({ log }: KeepSealDeps, { day, previous, heads, mac }: AuditSeal): void {
  log.info({ auditSeal: { day, previous, chains: heads.length, mac } }, 'a day of the audit trail is sealed');
}

const codeOf = (error: unknown): unknown => (isRow(error) ? error['code'] : null);

/** Writes a seal outside the database too: into the log, and into the file unless that cannot be written. */
async function tellOutside(deps: KeepSealDeps, seal: AuditSeal): Promise<void> {
  logSeal(deps, seal);
  await deps.evidence.addLine(lineOfSeal(seal)).catch((error: unknown) => {
    deps.log.error(
      { code: codeOf(error) },
      'the audit seal stands in the log only: DATA_DIR cannot be written',
    );
  });
}

/**
 * Keeps a seal in the database, then outside it. Where the day has one already, that one is taken; throws an Error when it is
 * not ours.
 */
export async function keepSeal(deps: KeepSealDeps, own: AuditSeal): Promise<AuditSeal> {
  const seal = (await deps.seals.add(own)) ? own : readSeal(await deps.seals.find(own.day), deps.mac);
  if (!seal) throw new Error('The seal of a day is not ours: verify the audit trail.');
  await tellOutside(deps, seal);
  return seal;
}

/**
 * Writes those of the stored seals outside that are missing there: a process died between the two, the folder could not be
 * written, or another instance, with a folder of its own, has sealed. Never rejects.
 */
export async function tellLacking(deps: KeepSealDeps, stored: readonly AuditSeal[]): Promise<void> {
  try {
    const outside = new Set((await readEvidence(deps.evidence, deps.mac)).seals.map(({ mac }) => mac));
    for (const seal of stored.filter(({ mac }) => !outside.has(mac))) {
      await deps.evidence.addLine(lineOfSeal(seal));
      logSeal(deps, seal);
    }
  } catch (error) {
    deps.log.error(
      { code: codeOf(error) },
      'audit seals stand in the database only: DATA_DIR cannot be written',
    );
  }
}
