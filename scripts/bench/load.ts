import { Agent, request } from 'node:http';

/** What one round of load measured. */
export interface Round {
  /** Answered requests per second. */
  readonly perSecond: number;
  /** 99 % of the answers came within this many ms. */
  readonly p99Ms: number;
  readonly failures: number;
}

function post(base: string, agent: Agent, body: string, from: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${base}/api/v1/survey-responses`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-forwarded-for': from,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Keeps `inFlight` requests going until `requests` are answered; every body is made fresh, every address is another. */
export async function load(
  base: string,
  options: { readonly requests: number; readonly inFlight: number; readonly body: (n: number) => string },
): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.inFlight });
  const times: number[] = [];
  let next = 0;
  let failures = 0;
  const worker = async (): Promise<void> => {
    while (next < options.requests) {
      const n = next;
      next += 1;
      const startedAt = performance.now();
      const status = await post(
        base,
        agent,
        options.body(n),
        `10.${n % 250}.${(n >> 8) % 250}.${(n >> 4) % 250}`,
      );
      times.push(performance.now() - startedAt);
      if (status !== 201) failures += 1;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: options.inFlight }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    failures,
  };
}
