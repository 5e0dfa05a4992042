import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../shared/domain-error.ts';
import { addressKey } from '../shared/address-key.ts';
import type { DeviceMarks } from './device-mark.ts';
import type { FormLimit } from './form-limit.ts';
import { ticketSeconds } from './form-ticket.ts';
import type { FormTickets } from './form-ticket.ts';

/** So many in so long. */
export interface Limit {
  readonly points: number;
  readonly windowSeconds: number;
}

type Take = (key: string) => Promise<() => Promise<void>>;

/** Counts one under a key and gives what takes it back. Throws the code with the seconds to wait. */
function counter({ points, windowSeconds }: Limit, code: string, message: string): Take {
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (refusal) {
      const seconds = refusal instanceof RateLimiterRes ? Math.ceil(refusal.msBeforeNext / 1000) : 1;
      throw new DomainError('too-many', code, message, { retryAfterSeconds: Math.max(1, seconds) });
    }
    return async () => {
      await limiter.reward(key);
    };
  };
}

const addressCounter = (limit: Limit): Take =>
  counter(limit, 'too_many_requests', 'Too many requests from this address.');

/**
 * Limits what one address may send without an account to one route, in this process only: the path of an answer does one
 * database operation. A ward shares one address, so the limit is high; what is answered 503 costs nothing, for it is sent again. Throws
 * `too_many_requests` with the seconds to wait.
 */
export function limitByAddress(limit: Limit): RequestHandler {
  const take = addressCounter(limit);
  return async (request, response, next) => {
    const giveBack = await take(addressKey(request.ip ?? 'unknown'));
    response.once('finish', () => {
      if (response.statusCode === 503) void giveBack();
    });
    next();
  };
}

/** New answers one opened page may give: one is usual; the browser's back button and a second try leave room. */
const answersOfTicket: Limit = { points: 3, windowSeconds: ticketSeconds };

/** The limit of answers from pages; counts live in this process and are gone with it. */
export function createFormLimit(deps: {
  readonly tickets: FormTickets;
  readonly devices: DeviceMarks;
  readonly perDevice: Limit;
  readonly perAddress: Limit;
}): FormLimit {
  const { tickets, devices } = deps;
  const ofTicket = counter(answersOfTicket, 'form_ticket_used', 'Please open the form again.');
  const ofDevice = counter(deps.perDevice, 'device_too_many_answers', 'Too many answers from this device.');
  const ofAddress = addressCounter(deps.perAddress);
  return {
    open: (request, response, form) => {
      devices.give(request, response);
      return tickets.issue(form);
    },
    admit: async (request, sent, form) => {
      const ticket = sent === undefined ? null : tickets.read(sent, form);
      const device = devices.read(request);
      const taken: (() => Promise<void>)[] = [];
      const giveBack = async (): Promise<void> => {
        await Promise.all(taken.splice(0).map((undo) => undo()));
      };
      try {
        if (ticket !== null) taken.push(await ofTicket(ticket));
        if (device !== null) taken.push(await ofDevice(device));
        const undoAddress = await ofAddress(
          `${ticket === null ? 'open' : 'ticket'} ${addressKey(request.ip ?? 'unknown')}`,
        );
        const giveBackAll = async (): Promise<void> => {
          await Promise.all([giveBack(), undoAddress()]);
        };
        return { giveBack, giveBackAll };
      } catch (refusal) {
        await giveBack();
        throw refusal;
      }
    },
  };
}
