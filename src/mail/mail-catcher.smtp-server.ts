import { once } from 'node:events';
import type { SMTPServerDataStream } from 'smtp-server';
import type { Clock } from '../shared/clock.ts';
import type { MailFolder } from './mail-folder.node.ts';
import { nameOfCaughtMail } from './mailbox.ts';

/** An SMTP server that keeps mails instead of passing them on. */
export interface MailCatcher {
  /** Where the mailer connects to, such as `smtp://127.0.0.1:40123`. */
  readonly smtpUrl: string;
  readonly stop: () => Promise<void>;
}

async function sourceOf(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

/**
 * Starts the catcher of the evaluation mode on 127.0.0.1; `port: 0` takes a free one. A mail is answered with 250 after its
 * file is there. The SMTP server is loaded only here: a production installation does not have it.
 */
export async function startMailCatcher(deps: {
  readonly folder: Pick<MailFolder, 'put'>;
  readonly port: number;
  readonly clock: Clock;
  readonly newId: () => string;
}): Promise<MailCatcher> {
  const { SMTPServer } = await import('smtp-server');
  const keep = async (stream: SMTPServerDataStream): Promise<void> => {
    await deps.folder.put(nameOfCaughtMail(deps.clock.now(), deps.newId()), await sourceOf(stream));
  };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onAuth: (_auth, _session, answer) => answer(null, { user: 'anybody' }),
    onData: (stream, _session, answer) => {
      void (async () => {
        try {
          await keep(stream);
          answer();
        } catch (error) {
          answer(
            Object.assign(new Error('The mail could not be kept.', { cause: error }), { responseCode: 451 }),
          );
        }
      })();
    },
  });
  // A client that hangs up is no reason to end the process.
  server.on('error', () => undefined);
  const listening = server.listen(deps.port, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  const port = address !== null && typeof address === 'object' ? address.port : deps.port;
  return {
    smtpUrl: `smtp://127.0.0.1:${String(port)}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
