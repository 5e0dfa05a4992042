/** One of a person's own logged-in sessions. */
export interface OwnSession {
  /** A one-way hash: no key to the session. */
  readonly id: string;
  readonly startedAt: Date;
  /** Last request, exact to a minute. */
  readonly lastSeenAt: Date;
  /** Browser and system as it names itself, such as `Chrome 86` and `Windows 7`; may be empty. */
  readonly browser: string;
  readonly system: string;
  readonly kind: 'desktop' | 'mobile' | 'tablet' | 'other';
  /** Address of the login; may be empty. */
  readonly address: string;
}
