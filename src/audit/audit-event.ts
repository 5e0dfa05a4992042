/** Something a person did. It holds ids and names of fields, never values. */
export interface AuditEvent {
  readonly at: Date;
  /** Account id, or `system` for what nobody did by hand, or `anonymous` for a failed login. */
  readonly actor: string;
  /** Dotted verb, such as `session.login`, `scorecard.close`, `delivery.resend`. */
  readonly action: string;
  /** Kind and id of what it was done to, such as `period/2026-10`. */
  readonly subject: string;
  readonly outcome: 'attempted' | 'succeeded' | 'failed' | 'refused';
  readonly requestId?: string;
  /** Names of the fields that were changed, never their values. */
  readonly fields?: readonly string[];
}

/** Appends an event. It resolves after the journal has it. */
export type RecordAuditEvent = (event: Omit<AuditEvent, 'at'>) => Promise<void>;
