/** Where the requests that are being answered came from, by their id: for the audit trail, which knows a request by that only. */
export interface RequestAddresses {
  /** `address` is asked only when somebody wants to know. */
  readonly remember: (requestId: string, address: () => string | undefined) => void;
  readonly forget: (requestId: string) => void;
  readonly addressOf: (requestId: string) => string | undefined;
}

/** Holds as many as there are requests at work. */
export function createRequestAddresses(): RequestAddresses {
  const addresses = new Map<string, () => string | undefined>();
  return {
    remember: (requestId, address) => void addresses.set(requestId, address),
    forget: (requestId) => void addresses.delete(requestId),
    addressOf: (requestId) => addresses.get(requestId)?.(),
  };
}
