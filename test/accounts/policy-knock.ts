import type { Route } from '../../src/http/route.ts';

/** What a guard does with whoever knocks. */
export type Knocked = 'let in' | 'refused' | 'unknown';

/** What is put in the place of a path parameter. Whether the thing exists does not matter: the guard comes first. */
const samples: Readonly<Record<string, string>> = { period: '2026-09', year: '2026', code: 'surgery' };

function addressOf({ path }: Route, departmentCode: string): string {
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) =>
    name === 'departmentCode' ? departmentCode : (samples[name] ?? 'a'.repeat(64)),
  );
}

/** A body that is read, and refused before anything is done with it. */
function bodyFor({ method, path }: Route): { readonly type?: string; readonly body?: string } {
  if (method === 'get') return {};
  return path.startsWith('/api/')
    ? { type: 'application/json', body: '{}' }
    : { type: 'application/x-www-form-urlencoded', body: 'a=b' };
}

async function readKnock(response: Response): Promise<Knocked> {
  const text = await response.text();
  const toLogin = response.headers.get('location')?.startsWith('/login') === true;
  if (response.status === 401 || toLogin) return 'unknown';
  const refused = response.status === 403 && /not_allowed|Your roles do not allow this/.test(text);
  return refused ? 'refused' : 'let in';
}

/**
 * Knocks at a route without changing anything: what would change something comes without its CSRF token, which is asked for
 * only after the guard has let somebody in.
 */
export async function knock(
  base: string,
  route: Route,
  who: { readonly cookie: string | null; readonly departmentCode: string },
): Promise<Knocked> {
  const { type, body } = bodyFor(route);
  const response = await fetch(`${base}${addressOf(route, who.departmentCode)}?lang=en`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(who.cookie === null ? {} : { cookie: who.cookie }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return readKnock(response);
}

/** Logs in and gives the session's cookie. */
export async function sessionOf(base: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${base}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (response.status !== 201) throw new Error(`The login of ${username} was answered ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
