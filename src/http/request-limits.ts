import type { RequestHandler } from 'express';
import { UnreadableRequest } from './unreadable-request.ts';

/** Longest path and query, in characters: twice what the longest address of a page needs. */
export const maxAddressLength = 4_096;

/** Refuses an address that is too long with 414, before anything looks at it. */
export const limitAddress: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length > maxAddressLength) throw new UnreadableRequest(414, 'address_too_long');
  next();
};
