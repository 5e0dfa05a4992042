import { setTimeout as pause } from 'node:timers/promises';
import { submission } from '../journeys/loop-answers.ts';

/** What patients' phones saw of a service that dies and comes back. */
export interface Phones {
  /** Receipt of each acknowledged answer, by its submission id. */
  readonly receipts: ReadonlyMap<string, string>;
  /** Every answer that was begun, by its submission id. */
  readonly begun: ReadonlyMap<string, object>;
  /** Status, and what else stood in it, of every answer that was neither a receipt nor a 503 with Retry-After. */
  readonly strange: readonly string[];
  /** How often they were told to come later. */
  readonly later: () => number;
  /** Sends what is begun, and no more; resolves when everything is acknowledged. */
  readonly finish: () => Promise<void>;
  /** Gives up what is under way. */
  readonly giveUp: () => Promise<void>;
}

interface Seen {
  readonly receipts: Map<string, string>;
  readonly begun: Map<string, object>;
  readonly strange: string[];
  later: number;
  readonly giveUp: AbortController;
  readonly finish: AbortController;
}

/** Far more than any answer may take, also on a busy machine: whoever waits longer hangs. */
const hangMs = 60_000;

async function post(baseUrl: string, body: object): Promise<Response | null> {
  try {
    return await fetch(`${baseUrl}/api/v1/survey-responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(hangMs),
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw error;
    return null;
  }
}

/** One try; true when the answer is acknowledged. */
async function tryOnce(baseUrl: string, id: string, body: object, seen: Seen): Promise<boolean> {
  // No answer at all is no receipt: the phone keeps the answer and sends it again.
  const answer = await post(baseUrl, body);
  const text = await answer?.text().catch(() => null);
  if (!answer || typeof text !== 'string') return false;
  if (answer.status === 201 || answer.status === 200) {
    seen.receipts.set(id, text);
    return true;
  }
  const problem = answer.headers.get('content-type')?.includes('application/problem+json') === true;
  const later = answer.status === 503 && problem && Number(answer.headers.get('retry-after')) > 0;
  if (later) seen.later += 1;
  else seen.strange.push(`${String(answer.status)} ${text}`);
  return false;
}

async function phone(baseUrl: () => string, seen: Seen): Promise<void> {
  while (!seen.finish.signal.aborted && !seen.giveUp.signal.aborted) {
    const body = submission(0);
    const id = String(body['submissionId']);
    seen.begun.set(id, body);
    while (!seen.giveUp.signal.aborted && !(await tryOnce(baseUrl(), id, body, seen))) await pause(50);
  }
}

/** Phones that answer again and again; each sends an answer under the same id until it is acknowledged. */
export function startPhones(count: number, baseUrl: () => string): Phones {
  const seen: Seen = {
    receipts: new Map(),
    begun: new Map(),
    strange: [],
    later: 0,
    giveUp: new AbortController(),
    finish: new AbortController(),
  };
  const all = Promise.all(Array.from({ length: count }, () => phone(baseUrl, seen)));
  // Whoever hangs is told by `finish` and `giveUp`.
  all.catch(() => undefined);
  const end = (how: AbortController) => async (): Promise<void> => {
    how.abort();
    await all;
  };
  return { ...seen, later: () => seen.later, finish: end(seen.finish), giveUp: end(seen.giveUp) };
}
