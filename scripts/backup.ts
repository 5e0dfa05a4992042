import { withDatabaseForBackup } from '../src/compose-backup.ts';
import { printCollections, runBackupScript } from './run-backup-script.ts';

// npm run backup -- FILE: the whole database into one new archive, read back before it gets its name.
await runBackupScript('npm run backup -- FILE', [], async ({ options, file }) => {
  await withDatabaseForBackup(options, async ({ backUp, backUpKeys }) => {
    const checked = await backUp(file);
    const keys = backUpKeys(file);
    printCollections(checked);
    console.log(`Written and read back: ${file}`);
    console.log(`Everything acknowledged before ${checked.header.startedAt} is in it.`);
    console.log(
      keys === null
        ? 'It cannot be read without ENCRYPTION_KEY, BLIND_INDEX_KEY and AUDIT_KEY: keep them, apart from it.'
        : `Its keys are in ${keys}: names and phone numbers cannot be read without them. Keep them apart from the archive.`,
    );
  });
});
