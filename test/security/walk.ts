import type { Route } from '../../src/http/route.ts';

/** What stands in an address for a parameter that a test does not care about. */
const params: Readonly<Record<string, string>> = {
  departmentCode: 'surgery',
  code: 'surgery',
  period: '2026-10',
  year: '2026',
  patientGroup: 'outpatient',
  version: 'current',
};

/** An address of a route, its parameters filled in. */
export function addressOf(
  { path }: Pick<Route, 'path'>,
  given: Readonly<Record<string, string>> = {},
): string {
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => given[name] ?? params[name] ?? 'none');
}

/** How a route is called in the name of a finding. */
export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** A body of the type the route takes; what is in it does not matter where the request is refused before. */
export function bodyFor(
  route: Pick<Route, 'method' | 'path' | 'rawBody'>,
  fields: Readonly<Record<string, string>> = {},
): RequestInit {
  if (route.method === 'get') return {};
  if (route.rawBody) {
    return { body: 'a,b\n', headers: { 'content-type': route.rawBody.types[0] ?? 'text/csv' } };
  }
  return route.path.startsWith('/api/')
    ? { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } }
    : {
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
}

/** A session, as headers that go with each request. */
export interface Session {
  readonly headers: Readonly<Record<string, string>>;
  readonly cookie: string;
  readonly csrfToken: string;
}

/** Logs in. Throws when it is refused. */
export async function sessionOf(
  baseUrl: string,
  login: { readonly username: string; readonly password: string },
): Promise<Session> {
  const response = await fetch(`${baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
  });
  if (response.status !== 201) throw new Error(`The login was answered ${response.status}.`);
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { cookie, csrfToken, headers: { cookie, 'x-csrf-token': csrfToken } };
}

/** Opens an account as an administrator and logs in with it. */
export async function newSession(
  baseUrl: string,
  admin: Session,
  username: string,
  roles: readonly object[],
): Promise<Session> {
  const answer = await fetch(`${baseUrl}/api/v1/accounts`, {
    method: 'POST',
    headers: { ...admin.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ username, displayName: username, roles }),
  });
  const { oneTimePassword } = (await answer.json()) as { oneTimePassword: string };
  return sessionOf(baseUrl, { username, password: oneTimePassword });
}
