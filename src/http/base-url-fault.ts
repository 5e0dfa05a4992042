/** What is wrong with the address people are told: it works, but not as it should. */
export type BaseUrlFault = 'ip-address' | 'plain-http';

/**
 * Why an address should not be printed on a QR code or sent in a mail: a certificate, a mail filter and a move to another machine
 * all need a name, and over plain HTTP anybody on the way can read. `localhost` is nobody else's: no fault.
 */
export function baseUrlFaults(url: string): readonly BaseUrlFault[] {
  const { hostname, protocol } = new URL(url);
  if (hostname === 'localhost') return [];
  const isAddress = hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);
  return [
    ...(isAddress ? (['ip-address'] as const) : []),
    ...(protocol === 'http:' ? (['plain-http'] as const) : []),
  ];
}
