import { departmentRoles } from '../../src/accounts/policy.ts';
import type { Role } from '../../src/shared/principal.ts';
import { httpClient } from '../support/http-client.ts';

/** A request as it is sent, byte for byte. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Sends requests as one logged-in person does, whatever is in them. */
export interface FuzzClient {
  readonly send: (request: RawRequest) => Promise<RawAnswer>;
}

/** A client with a session of its own, or without one. */
export async function fuzzClient(
  baseUrl: string,
  login?: { readonly username: string; readonly password: string },
): Promise<FuzzClient> {
  const headers: Record<string, string> = {};
  if (login) {
    const response = await fetch(`${baseUrl}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(login),
    });
    const { csrfToken } = (await response.json()) as { csrfToken: string };
    headers['cookie'] = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    headers['x-csrf-token'] = csrfToken;
  }
  return {
    send: async ({ method, path, body, type }) => {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        redirect: 'manual',
        headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body }),
      });
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        text: await response.text(),
      };
    },
  };
}

/** Gives the hospital something to lose: an answer, a discharge with its call, an account. */
export async function furnish(baseUrl: string, password: string): Promise<void> {
  const admin = httpClient(baseUrl);
  await admin.logIn('admin', password);
  const discharge = {
    admissionNo: 'ZY1',
    departmentCode: 'surgery',
    dischargedOn: '2026-10-28',
    patientName: '李秀兰',
    phone: '13800138000',
  };
  const done = [
    await admin.post('/api/v1/discharges', { discharges: [discharge] }),
    await admin.post('/api/v1/accounts', {
      username: 'li',
      displayName: '李护士',
      roles: [{ role: 'nurse', departments: ['surgery'] }],
    }),
  ];
  const refused = done.find(({ status }) => status >= 300);
  if (refused) throw new Error(`The hospital could not be furnished: ${refused.text}`);
}

/** Opens an account for each role and logs it in; a role that belongs to departments gets the surgery. */
export async function fuzzPeople(
  baseUrl: string,
  password: string,
  roles: readonly Role[],
): Promise<ReadonlyMap<Role, FuzzClient>> {
  const admin = httpClient(baseUrl);
  await admin.logIn('admin', password);
  const people = new Map<Role, FuzzClient>([
    ['admin', await fuzzClient(baseUrl, { username: 'admin', password })],
  ]);
  for (const role of roles.filter((one) => one !== 'admin')) {
    const departments = departmentRoles.includes(role) ? ['surgery'] : 'all';
    const username = `the-${role}`;
    const made = await admin.post('/api/v1/accounts', {
      username,
      displayName: username,
      roles: [{ role, departments }],
    });
    const { oneTimePassword } = made.json() as { oneTimePassword: string };
    people.set(role, await fuzzClient(baseUrl, { username, password: oneTimePassword }));
  }
  return people;
}
