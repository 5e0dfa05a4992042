import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';

/** A sentence for a person, and the field it is about (`''` for none). */
export interface ErrorText {
  readonly field: string;
  readonly text: string;
}

function textOf(t: Translate, locale: Locale, code: string, seconds: number): string | null {
  try {
    return t(locale, `accounts:error.${code}`, { seconds, minutes: Math.ceil(seconds / 60) });
  } catch {
    return null;
  }
}

/** The same error with its sentences in the person's language; anything but a domain error comes back as it is. */
export function localizedError(error: unknown, t: Translate, locale: Locale): unknown {
  if (!(error instanceof DomainError)) return error;
  const { kind, code, message, retryAfterSeconds } = error;
  const text = (name: string, fallback: string): string =>
    textOf(t, locale, name, retryAfterSeconds ?? 0) ?? fallback;
  const errors = error.errors.map((fault) => ({ ...fault, detail: text(fault.code, fault.detail) }));
  return new DomainError(kind, code, text(code, message), {
    errors,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** The sentences a form shows above its fields: one for each fault, or the error's own when it names no field. */
export function errorTextsOf(error: DomainError): readonly ErrorText[] {
  if (error.errors.length === 0) return [{ field: '', text: error.message }];
  return error.errors.map(({ pointer, detail }) => ({ field: pointer.split('/')[1] ?? '', text: detail }));
}

/** Runs a use case; its domain errors come out in the person's language. */
export async function inLanguage<T>(t: Translate, locale: Locale, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw localizedError(error, t, locale);
  }
}
