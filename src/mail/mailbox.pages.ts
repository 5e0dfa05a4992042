import type { Response } from 'express';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { CaughtMail, Mailbox } from './mailbox.ts';
import { mailboxParams } from './mailbox.schema.ts';

/** What the mailbox pages need. */
export interface MailboxPagesDeps {
  readonly mailbox: Mailbox;
  readonly guard: Guard;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly hospitalTime: HospitalTime;
}

// The mail is somebody else's HTML to the page around it: no script, no form, no remote content, an origin of its own.
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

async function mailFor(mailbox: Mailbox, input: RouteInput): Promise<CaughtMail> {
  const mail = await mailbox.read(input.params['id'] ?? '');
  if (!mail) throw new DomainError('not-found', 'mail_not_found', 'There is no such mail.');
  return mail;
}

function sendHtmlPart(mail: CaughtMail, response: Response): void {
  const html = (mail.html ?? '').replace(/<head[^>]*>/i, '$&<base target="_blank">');
  response.setHeader('Content-Security-Policy', mailPolicy);
  response.setHeader('X-Frame-Options', 'SAMEORIGIN');
  response.type('html').send(html);
}

/** `/mailbox` of the evaluation mode: what was caught, each mail as it looks and as it came. */
export function createMailboxPages(deps: MailboxPagesDeps): readonly Route[] {
  const { mailbox, guard, hospitalTime } = deps;
  return [
    route({
      method: 'get',
      path: '/mailbox',
      guard,
      side: 'staff',
      summary: 'Lists the mails caught in the evaluation mode, newest first.',
      handle: async (input, response) => {
        const mails = await mailbox.list();
        const lines = mails.map(({ id, to, subject, caughtAt }) => {
          return { id, to, subject, caughtAt: hospitalTime.format(caughtAt) };
        });
        const model = { shell: deps.shell(input, '/mailbox'), mails: lines };
        response.type('html').send(deps.renderPage('mail/mailbox', input.locale, model));
      },
    }),
    route({
      method: 'get',
      path: '/mailbox/:id',
      guard,
      side: 'staff',
      summary: 'Shows one caught mail: headers, HTML part, plain-text part.',
      params: mailboxParams,
      handle: async (input, response) => {
        const mail = await mailFor(mailbox, input);
        const shown = { ...mail, caughtAt: hospitalTime.format(mail.caughtAt), hasHtml: mail.html !== null };
        const model = { shell: deps.shell(input, `/mailbox/${mail.id}`), mail: shown };
        response.type('html').send(deps.renderPage('mail/mailbox-message', input.locale, model));
      },
    }),
    route({
      method: 'get',
      path: '/mailbox/:id/html',
      guard,
      side: 'staff',
      summary: 'The HTML part of one caught mail, shut off from everything.',
      params: mailboxParams,
      handle: async (input, response) => {
        sendHtmlPart(await mailFor(mailbox, input), response);
      },
    }),
    route({
      method: 'get',
      path: '/mailbox/:id/source',
      guard,
      side: 'staff',
      summary: 'One caught mail as an .eml file.',
      params: mailboxParams,
      handle: async (input, response) => {
        const mail = await mailFor(mailbox, input);
        response.attachment(`${mail.id}.eml`).type('message/rfc822').send(Buffer.from(mail.source, 'latin1'));
      },
    }),
  ];
}
