import { withDatabaseForRestore } from '../src/compose-backup.ts';
import { printCollections, runBackupScript } from './run-backup-script.ts';

// npm run restore -- FILE [--replace] [--other-keys]: an archive into an empty database, with no service running.
await runBackupScript(
  'npm run restore -- FILE [--replace] [--other-keys]',
  ['--replace', '--other-keys'],
  async ({ options, file, flags }) => {
    await withDatabaseForRestore(options, async ({ restore }) => {
      const choices = { replace: flags.includes('--replace'), otherKeys: flags.includes('--other-keys') };
      const checked = await restore(file, choices);
      printCollections(checked);
      console.log(
        `Restored as of ${checked.header.startedAt}, compared with the archive. Start the service.`,
      );
    });
  },
);
