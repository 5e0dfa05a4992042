import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openAuditEvidence } from './audit/audit-evidence.node.ts';
import { wireAudit } from './audit/audit.wiring.ts';
import type { AuditSlice } from './audit/audit.wiring.ts';
import type { BackUpDatabase } from './backup/back-up-database.ts';
import type { Database } from './database/connect.ts';
import { evaluationKeysFile } from './shared/evaluation-secrets.node.ts';
import { createHospitalTime } from './shared/hospital-time.ts';
import { randomIds } from './shared/ids.crypto.ts';
import { secretsOf } from './start-service.ts';
import type { StartOptions } from './start-service.ts';

type Options = Pick<StartOptions, 'root' | 'config' | 'clock' | 'log'>;

/**
 * The audit trail of a database that is copied. Null where this installation's key is not at hand, for what is written under
 * another would be taken for a forgery; and where no service has ever recorded anything: an empty database must be found empty.
 */
async function auditOf(
  { config, root, clock, log }: Options,
  database: Database,
): Promise<AuditSlice | null> {
  const dataFolder = resolve(root, config.data.folder);
  if (config.secrets.audit === null && !existsSync(evaluationKeysFile(dataFolder))) return null;
  const audit = wireAudit({
    connection: database.connection,
    clock,
    newId: randomIds.newId,
    hospitalTime: createHospitalTime(config.hospital.timeZone),
    log,
    secret: secretsOf(config, dataFolder).audit,
    evidence: openAuditEvidence(join(dataFolder, 'audit')),
    addressOf: () => undefined,
    settings: config.audit,
  });
  return (await audit.store.latest(1)).length === 0 ? null : audit;
}

/** A copy of the whole database is an export like any other: announced before, and told after. */
export function auditedBackup(options: Options, database: Database, backUp: BackUpDatabase): BackUpDatabase {
  return async (file) => {
    const audit = await auditOf(options, database);
    if (audit === null) return backUp(file);
    try {
      return await audit.watchScript('backup', () => backUp(file));
    } finally {
      await audit.end();
    }
  };
}
