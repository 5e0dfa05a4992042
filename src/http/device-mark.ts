import type { Request, Response } from 'express';
import { cookieValue } from './request-context.ts';
import type { TokenSigner } from './signed-token.crypto.ts';

/** An hour: longer than the window in which a device is counted, too short to know anybody again. */
const maxAgeMs = 60 * 60_000;

/** A random mark in a cookie of ours that tells one browser from another behind one address. It is never stored or logged. */
export interface DeviceMarks {
  /** The mark of the browser; null when it brings none of ours. */
  readonly read: (request: Request) => string | null;
  /** Gives the browser a mark, unless it has one. */
  readonly give: (request: Request, response: Response) => void;
}

/** Marks under a signer; `https` makes the cookie Secure. */
export function createDeviceMarks(deps: {
  readonly signer: TokenSigner;
  readonly newMark: () => string;
  readonly https: boolean;
}): DeviceMarks {
  const name = deps.https ? '__Host-device' : 'device';
  const read = (request: Request): string | null => {
    const cookie = cookieValue(request, name);
    return cookie === undefined ? null : deps.signer.verify(cookie);
  };
  return {
    read,
    give: (request, response) => {
      if (read(request) !== null) return;
      response.cookie(name, deps.signer.sign(deps.newMark()), {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        maxAge: maxAgeMs,
        secure: deps.https,
      });
    },
  };
}
