import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openAuditEvidence } from './audit/audit-evidence.node.ts';
import { lineOfRestore } from './audit/audit-evidence.ts';
import { createAuditMac } from './audit/audit-mac.crypto.ts';
import { wireBackup } from './backup/backup.wiring.ts';
import type { BackupSlice } from './backup/backup.wiring.ts';
import { openDatabase } from './database/connect.ts';
import { findRunningEngine } from './database/running-engine.net.ts';
import { auditedBackup } from './compose-backup-audit.ts';
import { contentHash } from './shared/content-hash.crypto.ts';
import { refusal } from './backup/backup-refusal.ts';
import { evaluationKeysFile } from './shared/evaluation-secrets.node.ts';
import { packageVersion } from './shared/project-root.node.ts';
import { openEngine, secretsOf } from './start-service.ts';
import type { StartOptions } from './start-service.ts';

type Options = Pick<StartOptions, 'root' | 'config' | 'clock' | 'log'>;
type Work<T> = (slice: BackupSlice) => Promise<T>;

/**
 * What the audit trail knows outside the database is of another database from now on. A restore by this service notes it
 * itself; one by MongoDB's own tools has to be noted, or the trail looks tampered with for ever.
 */
export async function noteRestore({ config, root, clock }: Options): Promise<void> {
  const dataFolder = resolve(root, config.data.folder);
  const mac = createAuditMac(secretsOf(config, dataFolder).audit);
  await openAuditEvidence(join(dataFolder, 'audit')).addLine(lineOfRestore(clock.now(), mac));
}

async function workOn<T>(uri: string, options: Options, work: Work<T>): Promise<T> {
  const { config, root, clock } = options;
  const { database: dbName, serverSelectionTimeoutMs } = config.mongo;
  const database = openDatabase({ uri, dbName, serverSelectionTimeoutMs });
  try {
    // A service waits for its database as long as it takes; a person at a terminal is told.
    const patience = AbortSignal.timeout(serverSelectionTimeoutMs + 2_000);
    const tooLate = new Promise((resolveLate) => patience.addEventListener('abort', resolveLate));
    await Promise.race([database.connected(), tooLate]);
    if (database.connection.db === undefined)
      throw new Error('The database does not answer: start it, or check MONGODB_URI.');
    const slice = wireBackup({
      connection: database.connection,
      clock,
      serviceVersion: packageVersion(),
      processId: process.pid,
      keys: config.secrets,
      keysFile: evaluationKeysFile(resolve(root, config.data.folder)),
      hash: contentHash,
    });
    return await work({
      ...slice,
      backUp: auditedBackup(options, database, slice.backUp),
      restore: async (...request) => {
        const checked = await slice.restore(...request);
        await noteRestore(options);
        return checked;
      },
    });
  } finally {
    await database.close();
  }
}

async function withEngine<T>(options: Options, dataFolder: string, work: Work<T>): Promise<T> {
  const engine = await openEngine(options, dataFolder);
  try {
    return await workOn(engine.uri, options, work);
  } finally {
    await engine.stop();
  }
}

/** Works on the database for a backup: that of a running service too, which goes on working. Throws `backup_empty` where no service ever stored anything. */
export async function withDatabaseForBackup<T>(options: Options, work: Work<T>): Promise<T> {
  const dataFolder = resolve(options.root, options.config.data.folder);
  if (options.config.mongo.uri !== null) return workOn(options.config.mongo.uri, options, work);
  const running = await findRunningEngine(join(dataFolder, 'engine'));
  if (running !== null) return workOn(running, options, work);
  if (!existsSync(join(dataFolder, 'engine'))) {
    throw refusal(
      'backup_empty',
      `There is nothing to back up in ${dataFolder}: check DATA_DIR or MONGODB_URI.`,
    );
  }
  return withEngine(options, dataFolder, work);
}

/** Works on the database for a restore. Throws `service_running` where a service keeps an engine on the data folder. */
export async function withDatabaseForRestore<T>(options: Options, work: Work<T>): Promise<T> {
  const dataFolder = resolve(options.root, options.config.data.folder);
  if (options.config.mongo.uri !== null) return workOn(options.config.mongo.uri, options, work);
  if ((await findRunningEngine(join(dataFolder, 'engine'))) !== null) {
    throw refusal(
      'service_running',
      `A service is running on ${dataFolder}: stop it, restore, and start it again. Nothing was touched.`,
    );
  }
  return withEngine(options, dataFolder, work);
}
