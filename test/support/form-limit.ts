import { createDeviceMarks } from '../../src/http/device-mark.ts';
import type { FormLimit } from '../../src/http/form-limit.ts';
import { createFormTickets } from '../../src/http/form-ticket.ts';
import { createFormLimit } from '../../src/http/rate-limit.rate-limiter-flexible.ts';
import type { Limit } from '../../src/http/rate-limit.rate-limiter-flexible.ts';
import { createTokenSigner, randomMark } from '../../src/http/signed-token.crypto.ts';
import type { TokenSigner } from '../../src/http/signed-token.crypto.ts';
import type { Clock } from '../../src/shared/clock.ts';

const wide: Limit = { points: 100_000, windowSeconds: 600 };

const signerFor = (purpose: string): TokenSigner =>
  createTokenSigner('a secret of the tests, 32 characters', purpose);

/** The product's own limit of answers from pages, so wide that no test of something else meets it. */
export function testFormLimit(
  clock: Clock,
  limits: { readonly perDevice?: Limit; readonly perAddress?: Limit } = {},
): FormLimit {
  return createFormLimit({
    tickets: createFormTickets({ signer: signerFor('form-ticket'), clock, newMark: randomMark }),
    devices: createDeviceMarks({ signer: signerFor('device'), newMark: randomMark, https: false }),
    perDevice: wide,
    perAddress: wide,
    ...limits,
  });
}
