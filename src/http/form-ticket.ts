import type { Clock } from '../shared/clock.ts';
import type { TokenSigner } from './signed-token.crypto.ts';

/** How long a page that was opened keeps its ticket, in seconds: longer than anybody needs for a form. */
export const ticketSeconds = 6 * 60 * 60;

/** Tickets of forms that were shown: they say that this service made the page, for which form and when. Nothing is stored. */
export interface FormTickets {
  /** A new ticket for a form. */
  readonly issue: (form: string) => string;
  /** What a ticket is counted under; null when it is not ours, of another form, or too old. */
  readonly read: (ticket: string, form: string) => string | null;
}

/** Tickets under a signer; `newMark` makes two tickets of one second different. */
export function createFormTickets(deps: {
  readonly signer: TokenSigner;
  readonly clock: Clock;
  readonly newMark: () => string;
}): FormTickets {
  const seconds = (): number => Math.floor(deps.clock.now().getTime() / 1000);
  return {
    issue: (form) => deps.signer.sign(`${seconds().toString(36)}-${deps.newMark()}`, form),
    read: (ticket, form) => {
      const text = deps.signer.verify(ticket, form);
      const age = seconds() - Number.parseInt(text ?? '', 36);
      // parseInt stops at the hyphen. A clock that was set back makes tickets of the future: they are young.
      return text !== null && age < ticketSeconds ? text : null;
    },
  };
}
