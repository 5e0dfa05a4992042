import type { Request, Response } from 'express';

/** One answer that was let in. */
export interface Admission {
  /** It stored nothing new (a replay, a fault to mend): ticket and device are not charged for it. */
  readonly giveBack: () => Promise<void>;
  /** The database was away: nobody is charged, not the address either, or a ward that tries again would be shut out once it is back. */
  readonly giveBackAll: () => Promise<void>;
}

/**
 * How many answers come from pages, in this process only: counted at the form's ticket first, then at the device, and only what
 * both let pass at the address, where answers with a ticket and answers without have room of their own. So one phone that goes
 * mad, or a script without tickets, takes nothing from the ward that shares its address.
 */
export interface FormLimit {
  /** The ticket of a form that is being shown; gives the browser a device mark when it has none. */
  readonly open: (request: Request, response: Response, form: string) => string;
  /** Lets one answer in. Throws `form_ticket_used`, `device_too_many_answers` or `too_many_requests` with the seconds to wait. */
  readonly admit: (request: Request, ticket: string | undefined, form: string) => Promise<Admission>;
}
