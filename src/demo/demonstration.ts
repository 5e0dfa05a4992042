/** The standing of a demonstration: the moment it was made for, and when it was complete. */
export interface Demonstration {
  /** Everything in it is older; a start that completes it makes the same. */
  readonly startedAt: Date;
  readonly completedAt: Date | null;
}

/** An account of the demonstration, its password known to nobody yet. */
export interface DemoAccount {
  readonly username: string;
  readonly role: 'nurse' | 'head' | 'director';
  readonly oneTimePassword: string;
}

/** What the start of a demonstration has to say. */
export interface DemonstrationReport {
  readonly responses: number;
  readonly discharges: number;
  readonly closed: { readonly first: string; readonly last: string };
  readonly mails: number;
  readonly accounts: readonly DemoAccount[];
}
