import { Agent, get } from 'node:http';

/** Somebody who is logged in: the cookie of the session. */
export interface Visitor {
  readonly base: string;
  readonly cookie: string;
}

function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

async function post(base: string, path: string, headers: object, body: object): Promise<Response> {
  const answer = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** Logs the first administrator in and changes the password, as the service demands of a first login. */
export async function logIn(base: string, password: string): Promise<Visitor> {
  const begun = await post(base, '/api/v1/sessions', {}, { username: 'admin', password });
  const { csrfToken } = (await begun.json()) as { csrfToken: string };
  const changed = await post(
    base,
    '/api/v1/accounts/current/password',
    { cookie: cookieOf(begun), 'x-csrf-token': csrfToken },
    { currentPassword: password, newPassword: `${password}-changed` },
  );
  return { base, cookie: cookieOf(changed) };
}

function visit({ base, cookie }: Visitor, agent: Agent, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = get(`${base}${path}`, { agent, headers: { cookie } }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`${path} answered ${String(answer.statusCode)}.`));
      });
    });
    sent.once('error', reject);
  });
}

/** Reads pages, `inFlight` at a time, and gives the times in ms, shortest first. Rejects when one answers other than 200. */
export async function readPages(
  visitor: Visitor,
  paths: readonly string[],
  inFlight: number,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const waiting = [...paths];
  const times: number[] = [];
  const worker = async (): Promise<void> => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop())
      times.push(await visit(visitor, agent, path));
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, worker));
  } finally {
    agent.destroy();
  }
  return times.toSorted((a, b) => a - b);
}
