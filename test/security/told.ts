import type { Route } from '../../src/http/route.ts';
import { addressOf, bodyFor } from './walk.ts';
import type { Session } from './walk.ts';

/** What an answer tells. */
export interface Told {
  readonly status: number;
  readonly text: string;
}

/** Requests of one session, and what their answers tell. */
export interface Asking {
  readonly post: (
    session: Session,
    path: string,
    body: object,
  ) => Promise<{ readonly status: number; readonly json: unknown }>;
  /** Any route, with the names it is asked with; the answer is told without them. */
  readonly ask: (
    session: Session | null,
    route: Pick<Route, 'method' | 'path' | 'rawBody'>,
    given: Readonly<Record<string, string>>,
  ) => Promise<Told>;
  /** A form as a page sends it; the page that follows is told without what was typed. */
  readonly submit: (
    session: Session,
    path: string,
    fields: Readonly<Record<string, string>>,
  ) => Promise<string>;
}

/** What is left of an answer when the names of what was asked for and of the request are taken out. */
export function withoutNames(text: string, names: readonly string[]): string {
  const plain = names.reduce(
    (rest, name) => rest.replaceAll(name, 'X').replaceAll(encodeURIComponent(name), 'X'),
    text,
  );
  return plain.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'ID');
}

/** An answer as one text, without the ids in it. */
export function toldOf({ status, json }: { readonly status: number; readonly json: unknown }): string {
  return withoutNames(`${status} ${JSON.stringify(json)}`, []);
}

/** Builds the requests; the address is asked for when one is sent. */
export function createAsking(baseUrl: () => string): Asking {
  return {
    post: async (session, path, body) => {
      const response = await fetch(`${baseUrl()}${path}`, {
        method: 'POST',
        headers: { ...session.headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, json: await response.json() };
    },
    ask: async (session, route, given) => {
      const { headers, ...init } = bodyFor(route, session ? { _csrf: session.csrfToken } : {});
      const response = await fetch(`${baseUrl()}${addressOf(route, given)}`, {
        method: route.method.toUpperCase(),
        redirect: 'manual',
        ...init,
        headers: { ...(headers as Record<string, string>), ...session?.headers },
      });
      const text = `${response.headers.get('location') ?? ''} ${await response.text()}`;
      return { status: response.status, text: withoutNames(text, Object.values(given)) };
    },
    submit: async (session, path, fields) => {
      const response = await fetch(`${baseUrl()}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: session.headers,
        body: new URLSearchParams({ _csrf: session.csrfToken, ...fields }),
      });
      return withoutNames(`${response.status} ${await response.text()}`, Object.values(fields));
    },
  };
}
