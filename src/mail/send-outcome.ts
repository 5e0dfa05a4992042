import { withoutAddresses } from './mail-address.ts';
import type { SendOutcome } from './mailer.ts';

/**
 * How far a sending had come when it failed. `connecting`: no connection that has logged in. `envelope`: connected,
 * no byte of the message was handed over. `data`: the server asked for the message and part of it was handed over.
 */
export type SendPhase = 'connecting' | 'envelope' | 'data';

/** What a failed sending says of itself. */
export interface SendFailure {
  readonly phase: SendPhase;
  /** Error code of the mail library, such as `EAUTH`; empty when it has none. */
  readonly code: string;
  /** SMTP command the failure belongs to, such as `RCPT TO`. */
  readonly command: string | null;
  /** The server's reply code; null when it said nothing. */
  readonly replyCode: number | null;
  /** Whether the reply says that asking again is pointless. */
  readonly permanent: boolean;
  readonly message: string;
}

const faultsOfTheMessage = new Set(['EENVELOPE', 'EMESSAGE', 'EFILEACCESS', 'EURLACCESS']);
const faultsOfTheLogin = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EDNS', 'ECONFIG']);
const messageTooLarge = 552;

function ofReply(failure: SendFailure, replyCode: number, words: string): SendOutcome {
  // A refused sender is refused for every recipient: going on would fail the whole ledger for one wrong setting.
  if (failure.command === 'MAIL FROM' && failure.permanent && replyCode !== messageTooLarge) {
    return { kind: 'unavailable', reason: words };
  }
  return { kind: 'rejected', permanent: failure.permanent, reply: words };
}

/**
 * What became of a mail whose sending failed. A reply of the server decides; without one it is `unknown` as soon as a
 * byte of the message was handed over, `unavailable` when no connection stood, else a transient rejection.
 */
export function outcomeOfFailure(failure: SendFailure): SendOutcome {
  const words = withoutAddresses(`${failure.code} ${failure.message}`);
  const { code, phase, replyCode } = failure;
  if (faultsOfTheLogin.has(code)) return { kind: 'unavailable', reason: words };
  if (replyCode === null && faultsOfTheMessage.has(code)) {
    return { kind: 'rejected', permanent: true, reply: words };
  }
  if (phase === 'connecting') return { kind: 'unavailable', reason: words };
  if (replyCode !== null && replyCode >= 400) return ofReply(failure, replyCode, words);
  if (phase === 'data') return { kind: 'unknown', reason: words };
  return { kind: 'rejected', permanent: false, reply: words };
}
