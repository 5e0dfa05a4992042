/** A mail to one person. Addresses are checked before they reach a header. */
export interface MailMessage {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Deterministic, without angle brackets: receivers drop one they have seen. */
  readonly messageId: string;
}

/**
 * What became of a mail. `accepted`: the server took it. `rejected`: it did not, and `permanent` says whether
 * asking again is pointless. `unknown`: the connection was lost after DATA, it may have been taken. `unavailable`: the
 * server or the login failed, so no other mail can go out now either.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly reply: string }
  | { readonly kind: 'rejected'; readonly permanent: boolean; readonly reply: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Hands mails to the hospital's SMTP server. It never throws for what a server answers. */
export interface Mailer {
  readonly send: (message: MailMessage) => Promise<SendOutcome>;
  /** Waits for mails in flight, then closes the connections. */
  readonly close: () => Promise<void>;
}
