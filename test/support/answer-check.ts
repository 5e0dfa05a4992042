import type { Answers, Route } from '../../src/http/route.ts';

function pattern(path: string): RegExp {
  const source = path
    .split('/')
    .map((part) => part.replaceAll(/:\w+/g, '[^/]+').replaceAll('.', String.raw`\.`))
    .join('/');
  return new RegExp(`^${source}$`);
}

/** An answer as it went over the wire. */
export interface WireAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

function faultOf(responses: Answers, answer: WireAnswer): string | null {
  const body = responses[answer.status];
  if (body === undefined) return 'this status is not described';
  if (body === null) return answer.text === '' ? null : 'it should be empty';
  if (typeof body === 'string')
    return answer.contentType.startsWith(body) ? null : `it is ${answer.contentType}`;
  const { error } = body.validate(JSON.parse(answer.text), { convert: false, abortEarly: false });
  return error ? error.message : null;
}

/**
 * Throws when a successful answer of an `/api/v1` line is not what the line's `responses` say: so that the published document
 * tells the truth wherever a test asks for something. Lines that describe nothing are held by the route table's own test.
 */
export function checkAnswer(routes: readonly Route[], answer: WireAnswer): void {
  const path = answer.path.split('?', 1)[0] ?? '';
  if (!path.startsWith('/api/v1/') || answer.status >= 300) return;
  const line = routes.find(
    (route) => route.method === answer.method.toLowerCase() && pattern(route.path).test(path),
  );
  if (!line?.responses) return;
  const fault = faultOf(line.responses, answer);
  if (fault !== null)
    throw new Error(
      `${answer.method} ${line.path} answers ${answer.status} otherwise than described: ${fault}`,
    );
}

/** The same routes; one that answers otherwise than it describes fails, and says so on the terminal. */
export function checkedRoutes(routes: readonly Route[]): readonly Route[] {
  return routes.map((line) => ({
    ...line,
    handle: (input, response, request) => {
      const send = response.send.bind(response);
      response.send = (body: unknown) => {
        if (typeof body !== 'string') return send(body);
        const { method, path } = request;
        const contentType = response.get('Content-Type') ?? '';
        try {
          checkAnswer([line], { method, path, status: response.statusCode, contentType, text: body });
        } catch (error) {
          process.stderr.write(`${String(error)}\n`);
          throw error;
        }
        return send(body);
      };
      return line.handle(input, response, request);
    },
  }));
}

const served = new Map<string, readonly Route[]>();

/** Says which routes answer at an address, so that every client of a test checks their answers. */
export function describeService(baseUrl: string, routes: readonly Route[]): void {
  served.set(baseUrl, routes);
}

/** Checks an answer of a service that was described; anything else is let through. */
export function checkServed(baseUrl: string, answer: WireAnswer): void {
  checkAnswer(served.get(baseUrl) ?? [], answer);
}
