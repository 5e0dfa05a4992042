import type { OutgoingHttpHeaders } from 'node:http';

/** What is answered before there is an app that could: one problem in both languages. */
export interface EarlyProblem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly reasons?: readonly string[];
}

/** Headers of an answer outside the app: nothing in it is run, framed, guessed at or kept. */
export const earlyHeaders: OutgoingHttpHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The problem as JSON (RFC 9457), as the app would write it. */
export function earlyProblem({ code, ...problem }: EarlyProblem): string {
  return JSON.stringify({
    type: `urn:problem:${code.replaceAll('_', '-')}`,
    ...problem,
    code,
    errors: [],
  });
}

const unparsed: Readonly<Record<string, EarlyProblem>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_long',
    title: 'Request Header Fields Too Large',
    detail:
      '请求头太长，请清除本站 Cookie 后再试。 The headers are too long; please clear the cookies of this site.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'body_too_large',
    title: 'Content Too Large',
    detail: '提交的内容超过允许的大小。 The body is larger than allowed.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_too_slow',
    title: 'Request Timeout',
    detail: '网络太慢，内容没有收全，请再提交一次。 Not everything arrived in time; please send it again.',
  },
};

const nonsense: EarlyProblem = {
  status: 400,
  code: 'request_not_readable',
  title: 'Bad Request',
  detail: '无法读懂这个请求。 This request cannot be read.',
};

/** The whole answer, head and body, to a request the server could not parse, from the parser's code. */
export function answerToUnparsed(errorCode: string | undefined): string {
  const problem = unparsed[errorCode ?? ''] ?? nonsense;
  const body = earlyProblem(problem);
  const headers = {
    ...earlyHeaders,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  return `HTTP/1.1 ${problem.status} ${problem.title}\r\n${head.join('')}\r\n${body}`;
}
