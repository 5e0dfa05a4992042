import { DomainError } from '../shared/domain-error.ts';
import type { DomainErrorKind, FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { UnreadableRequest } from './unreadable-request.ts';

/** RFC 9457 problem details with our extensions. Nothing in it comes from the input. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors: readonly FieldError[];
  /** Seconds for `Retry-After`, or null. */
  readonly retryAfterSeconds: number | null;
}

const statusOfKind: Readonly<Record<DomainErrorKind, number>> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-many': 429,
  unavailable: 503,
};

interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
}

const plain = (status: number, code: string, retryAfterSeconds: number | null = null): Fault => ({
  status,
  code,
  message: code,
  errors: [],
  retryAfterSeconds,
});

/** The router marks a malformed percent sequence in the address as a URIError with status 400. */
function isUnreadableAddress(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}

function faultOf(error: unknown, isUnavailable: (error: unknown) => boolean): Fault {
  if (error instanceof DomainError) {
    const { code, message, errors } = error;
    const retryAfterSeconds = error.retryAfterSeconds ?? (error.kind === 'unavailable' ? 5 : null);
    return { status: statusOfKind[error.kind], code, message, errors, retryAfterSeconds };
  }
  if (isUnavailable(error)) return plain(503, 'database_unavailable', 5);
  if (error instanceof UnreadableRequest) return plain(error.status, error.code);
  return isUnreadableAddress(error) ? plain(400, 'address_not_readable') : plain(500, 'internal_error');
}

function textOr(fallback: string, read: () => string): string {
  try {
    return read();
  } catch {
    return fallback;
  }
}

/** What the mapper must know of the request. */
export interface ProblemContext {
  readonly instance: string;
  readonly requestId: string;
  readonly locale: Locale;
  readonly translate: Translate;
  /** Whether an error means that the database cannot be reached. */
  readonly isUnavailable: (error: unknown) => boolean;
}

/** The one mapper from errors to answers. An unknown error is 500, never 400, and says nothing of its cause. */
export function toProblem(error: unknown, context: ProblemContext): Problem {
  const fault = faultOf(error, context.isUnavailable);
  const { translate, locale } = context;
  return {
    type: `urn:problem:${fault.code.replaceAll('_', '-')}`,
    title: textOr(fault.code, () => translate(locale, `problems:status.${fault.status}`)),
    status: fault.status,
    detail: textOr(fault.message, () => translate(locale, `problems:code.${fault.code}`)),
    instance: context.instance,
    code: fault.code,
    requestId: context.requestId,
    errors: fault.errors,
    retryAfterSeconds: fault.retryAfterSeconds,
  };
}
