/** What came of it: announced, done, not done because of a fault, or not allowed or not possible as it was asked. */
export const auditOutcomes = ['attempted', 'succeeded', 'failed', 'refused'] as const;

/** One of the outcomes above. */
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Something a person or a machine did. It holds ids and names of fields, never values. */
export interface AuditEvent {
  readonly at: Date;
  /** Account id, `api-key/<id>` for a machine, `system` for what nobody did by hand, `anonymous` for a failed login. */
  readonly actor: string;
  /** Dotted verb, such as `session.login`, `scorecard.close`, `delivery.resend`. */
  readonly action: string;
  /** Kind and id of what it was done to, such as `period/2026-10`. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
  readonly requestId?: string;
  /** Names of the fields that were changed, never their values. */
  readonly fields?: readonly string[];
  /** Address of the client the request came from. */
  readonly address?: string;
}

/** An event as a use case tells it: moment and address are known elsewhere. */
export type ToldEvent = Omit<AuditEvent, 'at' | 'address'>;

/** Appends an event. It resolves after the journal has it, and rejects when it could not be kept. */
export type RecordAuditEvent = (event: ToldEvent) => Promise<void>;
