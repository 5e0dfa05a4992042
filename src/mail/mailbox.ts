/** One line of the list of caught mails. */
export interface CaughtMailSummary {
  /** Name of the file without its ending. */
  readonly id: string;
  readonly caughtAt: Date;
  readonly to: string;
  readonly subject: string;
}

/** A caught mail, taken apart. */
export interface CaughtMail extends CaughtMailSummary {
  /** Every header in the order it came, decoded. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  /** Null for a mail without an HTML part. */
  readonly html: string | null;
  /** The message as it came over the wire. */
  readonly source: string;
}

/** The mails that were caught instead of sent. */
export interface Mailbox {
  /** Newest first, at most 200. */
  readonly list: () => Promise<readonly CaughtMailSummary[]>;
  /** Null when there is none of that name, whatever the name looks like. */
  readonly read: (id: string) => Promise<CaughtMail | null>;
}

/** The shape of a caught mail's name: `20261113T000000000Z-` and a UUID. Nothing that leads out of a folder has it. */
export const caughtMailId = /^\d{8}T\d{9}Z-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The name of a mail caught at a moment: sorts by time. */
export function nameOfCaughtMail(caughtAt: Date, uuid: string): string {
  return `${caughtAt.toISOString().replaceAll(/[-:.]/g, '')}-${uuid}`;
}

/** The moment in a name: `20261113T000000000Z-…` → 2026-11-13T00:00:00.000Z. */
export function momentOfName(name: string): Date {
  const [, year, month, day, hour, minute, second, ms] =
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z/.exec(name) ?? [];
  return new Date(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${ms ?? ''}Z`,
  );
}
