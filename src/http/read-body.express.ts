import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { Route } from './route.ts';
import { UnreadableRequest } from './unreadable-request.ts';

const defaultMaxBodyBytes = 64 * 1024;

/** body-parser marks its errors by `type`; every other one (a broken gzip stream, say) is a body that cannot be read. */
const faults: Readonly<Record<string, readonly [status: number, code: string]>> = {
  'entity.too.large': [413, 'body_too_large'],
  'parameters.too.many': [413, 'body_too_large'],
  'charset.unsupported': [415, 'charset_unsupported'],
  'encoding.unsupported': [415, 'encoding_unsupported'],
  'request.aborted': [400, 'request_aborted'],
};

/** The same for a file, where the words must not speak of shortening. */
const fileFaults: typeof faults = {
  ...faults,
  'entity.too.large': [413, 'file_too_large'],
};

function unreadable(error: unknown, route: Route): UnreadableRequest {
  const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
  const known = route.rawBody ? fileFaults : faults;
  const [status, code] = known[type] ?? [400, route.rawBody ? 'file_not_readable' : 'body_not_readable'];
  return new UnreadableRequest(status, code);
}

function parserOf(route: Route): RequestHandler | null {
  const { rawBody } = route;
  if (rawBody) return express.raw({ type: [...rawBody.types], limit: rawBody.maxBytes });
  const limit = route.maxBodyBytes ?? defaultMaxBodyBytes;
  if (route.path.startsWith('/api/')) return route.body ? express.json({ limit, strict: true }) : null;
  // A page's form always brings a body (its CSRF token); an API call without a schema brings none.
  if (!route.body && route.method === 'get') return null;
  return express.urlencoded({ extended: false, limit, parameterLimit: 1000 });
}

/**
 * Reads the body a route takes into `request.body`: a file where the route takes one, else JSON under `/api/` and a form
 * elsewhere, at most as large as the route allows. A route that takes none reads none. Rejects with `UnreadableRequest`.
 */
export function bodyReader(route: Route): (request: Request, response: Response) => Promise<void> {
  const parser = parserOf(route);
  if (!parser) return () => Promise.resolve();
  return (request, response) =>
    new Promise((resolve, reject) => {
      void parser(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(unreadable(error, route));
      });
    });
}

function bringsBody(request: Request): boolean {
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function fileOf(body: unknown, request: Request): Buffer {
  if (Buffer.isBuffer(body) && body.length > 0) return body;
  if (bringsBody(request) && !Buffer.isBuffer(body))
    throw new UnreadableRequest(415, 'file_type_unsupported');
  throw new UnreadableRequest(400, 'file_expected');
}

/** What was read. Throws `UnreadableRequest`: 415 when the body has another content type, 400 when there is none. */
export function readBodyOf(route: Route, request: Request): unknown {
  const body: unknown = request.body;
  if (route.rawBody) return fileOf(body, request);
  if (body !== undefined && body !== null) return body;
  const code = route.path.startsWith('/api/') ? 'json_expected' : 'form_expected';
  throw new UnreadableRequest(bringsBody(request) ? 415 : 400, code);
}
