import { runScript } from './run-script.ts';

// npm run keys:rotate: everything encrypted under the current key, an evaluation's under a new one. It may be broken off and run again.
await runScript(async ({ rotateKeys }) => {
  const { currentKey, olderKeys, reEncrypted, movedTo } = await rotateKeys(
    ({ collection, fields, reEncrypted: done }) =>
      console.log(`${collection}\t${fields} fields read\t${done} re-encrypted`),
  );
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
});
