import type { Request } from 'express';

/**
 * Whether an unsafe request comes from a page of this service, as far as the browser says. `Sec-Fetch-Site` decides where it
 * is sent; else `Origin` must name the host that was asked. A client that sends neither (a script, not a browser) passes:
 * it holds no cookie that it did not get itself.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === request.host;
  } catch {
    return false;
  }
}
