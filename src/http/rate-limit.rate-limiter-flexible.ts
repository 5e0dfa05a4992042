import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../shared/domain-error.ts';

/**
 * Limits what one address may send without an account, in this process only: the path of an answer does one database
 * operation. A ward shares one address, so the limit is high. Throws `too_many_requests` with the seconds to wait.
 */
export function limitByAddress(limit: {
  readonly points: number;
  readonly windowSeconds: number;
}): RequestHandler {
  const limiter = new RateLimiterMemory({ points: limit.points, duration: limit.windowSeconds });
  return async (request, _response, next) => {
    try {
      await limiter.consume(request.ip ?? 'unknown');
    } catch (refusal) {
      const seconds = refusal instanceof RateLimiterRes ? Math.ceil(refusal.msBeforeNext / 1000) : 1;
      throw new DomainError('too-many', 'too_many_requests', 'Too many requests from this address.', {
        retryAfterSeconds: Math.max(1, seconds),
      });
    }
    next();
  };
}
