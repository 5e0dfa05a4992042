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
export function bodyFor(route: Route, fields: Readonly<Record<string, string>> = {}): RequestInit {
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
