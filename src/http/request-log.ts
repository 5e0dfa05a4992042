import type { RequestHandler } from 'express';
import type { Logger } from '../shared/logger.ts';
import { requestContext } from './request-context.ts';

/** Path segments after these are secrets (link tokens): they are masked. */
const secretPaths = /^\/(i)\/[^/]+/i; // the router takes capitals, too

/** The path of a request without query, token or anything a person typed. */
export function loggablePath(path: string): string {
  return path.replace(secretPaths, '/$1/…').slice(0, 200);
}

/** One line for each request when it ends: id, method, path, status, milliseconds. No query, header or body. */
export function createRequestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const path = loggablePath(request.path); // now: a mounted handler such as /static shortens it
    response.once('close', () => {
      const { requestId } = requestContext(response);
      const status = response.writableFinished ? response.statusCode : 499;
      const line = {
        requestId,
        method: request.method,
        path,
        status,
        ms: Math.round(performance.now() - startedAt),
      };
      log.info(line, 'request');
    });
    next();
  };
}

/**
 * Warns once when requests come through a proxy that nobody configured: every patient behind it then counts as one address.
 * The header itself is never believed.
 */
export function warnOfUnexpectedProxy(log: Logger): RequestHandler {
  let warned = false;
  return (request, _response, next) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined) {
      warned = true;
      log.warn({ key: 'TRUST_PROXY' }, 'requests carry X-Forwarded-For, but no proxy is configured');
    }
    next();
  };
}
