import type { ObjectSchema, ValidationErrorItem } from 'joi';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';

/** JSON pointer (RFC 6901) of a joi path. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Never more than this many faults in one answer: a hostile body must not grow the reply. */
const maxErrors = 50;

function fieldError(item: ValidationErrorItem, locale: Locale, translate: Translate): FieldError {
  const limit = item.context?.['limit'] as unknown;
  const values = { limit: typeof limit === 'number' ? limit : '' };
  const key = `validation:${item.type.replaceAll('.', '_')}`;
  let detail: string;
  try {
    detail = translate(locale, key, values);
  } catch {
    detail = translate(locale, 'validation:other');
  }
  return { pointer: jsonPointer(item.path), detail, code: item.type.replaceAll('.', '_') };
}

/**
 * The value as its schema promises it. Throws a `DomainError` `validation_failed` that names every field at once and
 * repeats no value. `convert: false` takes the value as it is written.
 */
export function validate(
  schema: ObjectSchema,
  value: unknown,
  options: { readonly locale: Locale; readonly translate: Translate; readonly convert?: boolean },
): unknown {
  const { locale, translate, convert = true } = options;
  const result = schema.validate(value, { abortEarly: false, convert, stripUnknown: false });
  if (!result.error) return result.value as unknown;
  const errors = result.error.details.slice(0, maxErrors).map((item) => fieldError(item, locale, translate));
  throw new DomainError('malformed', 'validation_failed', 'Some fields are not as they must be.', { errors });
}
