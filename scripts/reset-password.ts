import { runScript } from './run-script.ts';

// npm run reset-password -- USERNAME: prints a new one-time password, when nobody can log in to give one.
const [username = ''] = process.argv.slice(2);
await runScript(async ({ audit, resetPasswordOf }) => {
  if (username === '') throw new Error('Name the account: npm run reset-password -- USERNAME');
  await audit.watchScript('reset-password', async (requestId) => {
    const reset = await resetPasswordOf(username, requestId);
    console.log(`${reset.username}, one-time password (shown only now): ${reset.oneTimePassword}`);
  });
});
