import { once } from 'node:events';
import type { ParsedMail } from 'mailparser';
import type { SMTPServerDataStream } from 'smtp-server';
import type { Clock } from '../shared/clock.ts';
import { openMailFolder } from './mail-folder.node.ts';
import type { MailFolder } from './mail-folder.node.ts';
import { momentOfName, nameOfCaughtMail } from './mailbox.ts';
import type { CaughtMail, Mailbox } from './mailbox.ts';

const longestList = 200;

/** An SMTP server that keeps mails instead of passing them on. */
export interface MailCatcher extends Mailbox {
  /** Where the mailer connects to, such as `smtp://127.0.0.1:40123`. */
  readonly smtpUrl: string;
  readonly stop: () => Promise<void>;
}

async function sourceOf(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

function caughtMailOf(id: string, source: string, parsed: ParsedMail): CaughtMail {
  const to = [parsed.to ?? []].flat();
  return {
    id,
    caughtAt: momentOfName(id),
    to: to.map(({ text }) => text).join(', '),
    subject: parsed.subject ?? '',
    headers: parsed.headerLines.map(({ line }) => ({
      name: line.slice(0, line.indexOf(':')),
      value: line.slice(line.indexOf(':') + 1).trim(),
    })),
    text: parsed.text ?? '',
    html: parsed.html === false ? null : (parsed.html ?? null),
    source,
  };
}

async function mailboxOf(folder: MailFolder): Promise<Mailbox> {
  const { simpleParser } = await import('mailparser');
  const read = async (id: string): Promise<CaughtMail | null> => {
    const source = await folder.get(id);
    return source === null
      ? null
      : caughtMailOf(id, source, await simpleParser(Buffer.from(source, 'latin1')));
  };
  return {
    read,
    list: async () => {
      const names = await folder.names();
      const mails = await Promise.all(names.slice(0, longestList).map((name) => read(name)));
      return mails.filter((mail) => mail !== null);
    },
  };
}

/**
 * Starts the catcher of the evaluation mode on 127.0.0.1; `port: 0` takes a free one. A mail is answered with 250 after its
 * file is there. The SMTP server and the parser are loaded only here: a production installation does not have them.
 */
export async function startMailCatcher(deps: {
  readonly folder: string;
  readonly port: number;
  readonly clock: Clock;
  readonly newId: () => string;
}): Promise<MailCatcher> {
  const { SMTPServer } = await import('smtp-server');
  const folder = await openMailFolder(deps.folder);
  const keep = async (stream: SMTPServerDataStream): Promise<void> => {
    await folder.put(nameOfCaughtMail(deps.clock.now(), deps.newId()), await sourceOf(stream));
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
    ...(await mailboxOf(folder)),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
