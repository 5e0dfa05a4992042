import { checkServed } from './answer-check.ts';

/** An answer, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; the test says what it expects. */
  readonly json: () => unknown;
}

/** A browser's part of HTTP: cookies, no redirects followed, the session's CSRF token where there is one. */
export interface HttpClient {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body?: unknown) => Promise<Answer>;
  readonly put: (path: string, body: unknown) => Promise<Answer>;
  readonly delete: (path: string) => Promise<Answer>;
  /** Posts a page's form. */
  readonly submit: (path: string, fields: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Posts a file as the whole body. */
  readonly upload: (path: string, bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<Answer>;
  /** Logs in; throws when it is refused. */
  readonly logIn: (username: string, password: string) => Promise<void>;
}

/** A client without a session. */
export function httpClient(baseUrl: string): HttpClient {
  const cookies = new Map<string, string>();
  let csrfToken: string | null = null;

  const send = async (
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    type?: string,
  ): Promise<Answer> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(csrfToken === null ? {} : { 'x-csrf-token': csrfToken }),
        ...(cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    checkServed(baseUrl, { method, path, status: response.status, contentType, text });
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: () => JSON.parse(text) as unknown,
    };
  };
  const post = (path: string, body?: unknown): Promise<Answer> =>
    send('POST', path, body === undefined ? undefined : JSON.stringify(body), 'application/json');

  return {
    get: (path) => send('GET', path),
    delete: (path) => send('DELETE', path),
    post,
    put: (path, body) => send('PUT', path, JSON.stringify(body), 'application/json'),
    upload: (path, bytes, type) => send('POST', path, bytes, type),
    submit: (path, fields) =>
      send('POST', path, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded'),
    logIn: async (username, password) => {
      cookies.clear();
      csrfToken = null;
      const answer = await post('/api/v1/sessions', { username, password });
      if (answer.status !== 201) throw new Error(`The login was answered ${answer.status}: ${answer.text}`);
      ({ csrfToken } = answer.json() as { csrfToken: string });
    },
  };
}
