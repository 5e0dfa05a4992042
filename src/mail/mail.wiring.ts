import type { Clock } from '../shared/clock.ts';
import type { Route } from '../http/route.ts';
import { createMailer } from './mailer.nodemailer.ts';
import type { MailerSettings } from './mailer.nodemailer.ts';
import type { Mailer } from './mailer.ts';
import { startMailCatcher } from './mail-catcher.smtp-server.ts';
import { openMailFolder } from './mail-folder.node.ts';
import { openMailbox } from './mailbox.mailparser.ts';
import { createMailboxPages } from './mailbox.pages.ts';
import type { MailboxPagesDeps } from './mailbox.pages.ts';

/** The mail slice. */
export interface MailSlice {
  readonly mailer: Mailer;
  /** `/mailbox` where mails are caught; empty otherwise. */
  readonly pages: readonly Route[];
  /** Waits for mails in flight (bounded), closes the connections, then the catcher. */
  readonly stop: () => Promise<void>;
}

/** The mail slice over the hospital's SMTP server. */
export function wireMail(deps: { readonly settings: MailerSettings; readonly clock: Clock }): MailSlice {
  const mailer = createMailer(deps);
  return { mailer, pages: [], stop: mailer.close };
}

/** The mail slice of the evaluation mode: every mail is caught in a folder and shown on `/mailbox`, none leaves the machine. */
export async function wireCaughtMail(
  deps: Omit<MailboxPagesDeps, 'mailbox'> & {
    readonly settings: Omit<MailerSettings, 'url'>;
    readonly clock: Clock;
    readonly newId: () => string;
    /** Where the .eml files are kept, such as `<data directory>/mail`. */
    readonly folder: string;
  },
): Promise<MailSlice & { readonly smtpUrl: string }> {
  const { clock, newId } = deps;
  const folder = await openMailFolder(deps.folder);
  const mailbox = await openMailbox(folder);
  const catcher = await startMailCatcher({ folder, port: 0, clock, newId });
  const mailer = createMailer({ settings: { ...deps.settings, url: catcher.smtpUrl }, clock });
  return {
    mailer,
    smtpUrl: catcher.smtpUrl,
    pages: createMailboxPages({ ...deps, mailbox }),
    stop: async () => {
      await mailer.close();
      await catcher.stop();
    },
  };
}
