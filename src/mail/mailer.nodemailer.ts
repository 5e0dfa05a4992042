import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { SendMailOptions, SMTPPoolOptions, SMTPPoolSentMessageInfo, Transporter } from 'nodemailer';
import type { Clock } from '../shared/clock.ts';
import { isSafeAddress, onOneLine, withoutAddresses } from './mail-address.ts';
import type { Mailer, MailMessage, SendOutcome } from './mailer.ts';
import { outcomeOfFailure } from './send-outcome.ts';
import type { SendPhase } from './send-outcome.ts';

/** How mails reach the hospital's SMTP server. Times in ms. */
export interface MailerSettings {
  /** `smtp://` or `smtps://`, with `user:password@` where the server wants a login; `?requireTLS=true` demands STARTTLS. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Where answers go; null: to the sender. */
  readonly replyTo: string | null;
  /** How many mails may be under way at once. */
  readonly maxConnections: number;
  readonly connectionTimeoutMs: number;
  readonly greetingTimeoutMs: number;
  /** Longest silence of the server. */
  readonly socketTimeoutMs: number;
  /** Longest time one mail may take in all; the lease of a delivery must be longer. */
  readonly sendTimeoutMs: number;
  /** How long `close()` waits for mails in flight before it cuts them. */
  readonly closeTimeoutMs: number;
}

interface LibraryError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly permanent?: unknown;
  readonly message?: unknown;
}

type Transport = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;

function openPool(settings: MailerSettings): Transport {
  return createTransport({
    url: settings.url,
    pool: true,
    maxConnections: settings.maxConnections,
    // A connection that closed after DATA may have delivered: the ledger decides about a retry, never the pool.
    maxRequeues: 0,
    connectionTimeout: settings.connectionTimeoutMs,
    greetingTimeout: settings.greetingTimeoutMs,
    socketTimeout: settings.socketTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * Says how far a sending came. The library's errors do not: a connection lost before and after DATA looks the same. But
 * the message's stream is made when a connection has logged in, and read only after the server has asked for the message.
 */
function watchPhases(transport: Transport): (signal: AbortSignal) => SendPhase {
  const streams = new WeakMap<AbortSignal, Readable>();
  transport.use('stream', (mail, done) => {
    const { signal } = mail.data;
    if (signal) {
      mail.message.processFunc((stream) => {
        streams.set(signal, stream);
        return stream;
      });
    }
    done();
  });
  return (signal) => {
    const stream = streams.get(signal);
    if (!stream) return 'connecting';
    return stream.readableDidRead ? 'data' : 'envelope';
  };
}

function outcomeOfError(error: unknown, phase: SendPhase): SendOutcome {
  const { code, command, responseCode, permanent, message } = error as LibraryError;
  return outcomeOfFailure({
    phase,
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : null,
    replyCode: typeof responseCode === 'number' ? responseCode : null,
    permanent: permanent === true,
    message: typeof message === 'string' ? message : String(error),
  });
}

function mailOf(message: MailMessage, settings: MailerSettings, now: Date): SendMailOptions {
  return {
    from: settings.from,
    to: { name: onOneLine(message.to.name), address: message.to.address },
    ...(settings.replyTo === null ? {} : { replyTo: { name: '', address: settings.replyTo } }),
    subject: onOneLine(message.subject),
    text: message.text,
    html: message.html,
    messageId: `<${message.messageId}>`,
    date: now,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  };
}

/**
 * A mailer over pooled SMTP connections; the first mail opens the first one. `close()` waits for mails in flight, at most
 * `closeTimeoutMs`, then cuts them: their outcome is then `unknown` or a transient rejection. Throws on an unsafe sender address.
 */
export function createMailer(deps: { readonly settings: MailerSettings; readonly clock: Clock }): Mailer {
  const { settings, clock } = deps;
  for (const address of [settings.from.address, settings.replyTo]) {
    if (address !== null && !isSafeAddress(address)) {
      throw new Error('The sender and reply-to address of the mail must be plain ASCII mail addresses.');
    }
  }
  const transport = openPool(settings);
  const phaseOf = watchPhases(transport);
  const underWay = new Set<Promise<SendOutcome>>();

  const attempt = async (message: MailMessage): Promise<SendOutcome> => {
    const signal = AbortSignal.timeout(settings.sendTimeoutMs);
    try {
      const info = await transport.sendMail({ ...mailOf(message, settings, clock.now()), signal });
      return { kind: 'accepted', reply: withoutAddresses(info.response) };
    } catch (error) {
      return outcomeOfError(error, phaseOf(signal));
    }
  };

  return {
    send: async (message) => {
      if (!isSafeAddress(message.to.address)) {
        return { kind: 'rejected', permanent: true, reply: 'The mail address is not usable.' };
      }
      const sending = attempt(message);
      underWay.add(sending);
      try {
        return await sending;
      } finally {
        underWay.delete(sending);
      }
    },
    close: async () => {
      const limit = pause(settings.closeTimeoutMs, undefined, { ref: false });
      await Promise.race([Promise.allSettled(underWay), limit]);
      transport.close({ force: true });
      await Promise.allSettled(underWay);
    },
  };
}
