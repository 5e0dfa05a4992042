import type { RequestHandler } from 'express';
import type { Logger } from '../shared/logger.ts';
import { requestContext } from './request-context.ts';

/** Path segments after these are secrets (link tokens): they are masked. */
const secretPaths = /^\/(i)\/[^/]+/;

/** The path of a request without query, token or anything a person typed. */
export function loggablePath(path: string): string {
  return path.replace(secretPaths, '/$1/…').slice(0, 200);
}

/** One line for each request when it ends: id, method, path, status, milliseconds. No query, header or body. */
export function createRequestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const { requestId } = requestContext(response);
      const status = response.writableFinished ? response.statusCode : 499;
      const line = {
        requestId,
        method: request.method,
        path: loggablePath(request.path),
        status,
        ms: Math.round(performance.now() - startedAt),
      };
      if (status >= 500 && status !== 503) log.error(line, 'request failed');
      else log.info(line, 'request');
    });
    next();
  };
}
