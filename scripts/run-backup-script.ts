import { resolve } from 'node:path';
import type { CheckedArchive } from '../src/backup/check-archive.ts';
import { systemClock } from '../src/shared/clock.ts';
import { loadConfig } from '../src/shared/config.ts';
import { silentLogger } from '../src/shared/logger.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import type { StartOptions } from '../src/start-service.ts';
import { databaseLine } from './script-database.ts';

/** What the two scripts work with: the parts of the service, the archive's file, and what else was said. */
export interface BackupScript {
  readonly options: Pick<StartOptions, 'root' | 'config' | 'clock' | 'log'>;
  readonly file: string;
  readonly flags: readonly string[];
}

/** Runs on the configuration, without composing the service; an error ends in its sentence and exit code 1. */
export async function runOnConfiguration(
  run: (options: BackupScript['options']) => Promise<void>,
): Promise<void> {
  try {
    const root = projectRoot();
    const config = loadConfig(root);
    console.error(databaseLine(config, root));
    await run({ root, config, clock: systemClock, log: silentLogger });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

/** Reads `FILE [--flags]` and runs; an error ends in its sentence and exit code 1. */
export function runBackupScript(
  usage: string,
  known: readonly string[],
  run: (script: BackupScript) => Promise<void>,
): Promise<void> {
  return runOnConfiguration(async (options) => {
    const args = process.argv.slice(2);
    const flags = args.filter((argument) => argument.startsWith('--'));
    const [file, ...more] = args.filter((argument) => !argument.startsWith('--'));
    if (file === undefined || more.length > 0 || flags.some((flag) => !known.includes(flag)))
      throw new Error(`Name the file: ${usage}`);
    // npm runs scripts in the project's folder; the person means the folder he stands in.
    await run({ options, file: resolve(process.env['INIT_CWD'] ?? '', file), flags });
  });
}

/** Prints a line for each collection. */
export function printCollections({ manifest }: CheckedArchive): void {
  for (const { name, documents, sha256 } of manifest.collections)
    console.log(`${name}\t${documents}\t${sha256.slice(0, 16)}`);
}
