import { usernamePattern } from './account.ts';

/** Most names one device shows on its login page. */
export const mostRemembered = 6;

/** User names cannot hold it. */
const separator = '~';

/** The user names a device remembers, the latest first; whatever the cookie holds besides names is passed over. */
export function rememberedNames(cookie: string | undefined): readonly string[] {
  let text: string;
  try {
    text = decodeURIComponent(cookie ?? '');
  } catch {
    return [];
  }
  const names = text.split(separator).filter((name) => usernamePattern.test(name));
  return [...new Set(names)].slice(0, mostRemembered);
}

/** The cookie's value with one more name, which comes first. */
export function withName(names: readonly string[], name: string): string {
  return [name, ...names.filter((other) => other !== name)].slice(0, mostRemembered).join(separator);
}
