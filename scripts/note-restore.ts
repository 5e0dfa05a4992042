import { noteRestore } from '../src/compose-backup.ts';
import { runOnConfiguration } from './run-backup-script.ts';
import { refuseToBegin } from './script-database.ts';

// npm run note-restore: after mongorestore, on every instance: the audit trail takes the database as it is for restored.
await runOnConfiguration(async (options) => {
  refuseToBegin(options.config, options.root);
  await noteRestore(options);
  console.log(
    'Noted: the audit trail begins anew from the restored database, and says so whenever it is verified.',
  );
  console.log(
    'Erasures and refusals of calls made after that backup are not known to it: make them again on /office/erasure.',
  );
});
