/** What went wrong in the hospital's terms; `http/` alone maps a kind to a status. */
export type DomainErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-many'
  | 'unavailable';

/** One fault in one place of the input. `pointer` is a JSON pointer into the body, such as `/answers/attitude`. */
export interface FieldError {
  readonly pointer: string;
  /** What is wrong and what to do, in the person's language, without repeating the value. */
  readonly detail: string;
  /** Stable snake_case name of the rule that was broken, such as `unknown_item`. */
  readonly code: string;
}

/**
 * An error the domain expects. `code` is stable snake_case; `message` is safe to show to anybody: it holds
 * no patient data.
 */
export class DomainError extends Error {
  readonly kind: DomainErrorKind;
  readonly code: string;
  readonly errors: readonly FieldError[];
  /** Seconds after which a retry makes sense, for `unavailable` and `too-many`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: DomainErrorKind,
    code: string,
    message: string,
    extra: { errors?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.errors = extra.errors ?? [];
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}
