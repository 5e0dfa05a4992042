/** A path of our own: one slash, then no second slash or backslash, no control character. */
const localPath = /^\/(?![/\\])[^\\\p{Cc}\s]*$/u;

/**
 * Where to go after logging in: `next` when it is a path of this service, else `/home`. `//evil.example`, `/\evil`,
 * `https:…` and `javascript:…` all become `/home`.
 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || next.length > 500 || !localPath.test(next)) return '/home';
  return next.startsWith('/login') || next.startsWith('/logout') ? '/home' : next;
}
