import type { ReEncryption } from '../src/privacy/re-encrypt-fields.ts';
import type { Rotation } from '../src/privacy/rotate-keys.ts';
import { runScript } from './run-script.ts';

// npm run keys:rotate: everything encrypted under the current key, an evaluation's under a new one. It may be broken off and run again.
await runScript(({ audit, rotateKeys }) =>
  audit.watchScript('keys:rotate', async () => tell(await rotateKeys(tellCollection))),
);

function tellCollection({ collection, fields, reEncrypted }: ReEncryption): void {
  console.log(`${collection}\t${fields} fields read\t${reEncrypted} re-encrypted`);
}

function tell({ currentKey, olderKeys, reEncrypted, movedTo }: Rotation): void {
  console.log(`Every encrypted field is under the key ${currentKey}; ${reEncrypted} were re-encrypted.`);
  for (const file of movedTo) console.log(`The older key was moved to ${file}.`);
  if (olderKeys.length === 0)
    console.log(
      'There is no older key. To rotate, put a new one (openssl rand -base64 32) behind the one in ENCRYPTION_KEY, start every instance again, then put it first, start every instance again, and repeat this command.',
    );
  else if (movedTo.length === 0)
    console.log(`No field needs ${olderKeys.join(', ')} any more: take it out of ENCRYPTION_KEY.`);
  if (olderKeys.length > 0)
    console.log('Destroy the older key once no backup of before this moment is kept: it still opens those.');
}
