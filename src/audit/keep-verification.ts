import type { AuditStateStore } from './audit-state.store.ts';
import { isRow } from './chained-event.ts';
import type { TrailVerification, VerifyAuditTrail } from './verify-audit-trail.ts';

/** What the last verification of the whole trail found: kept for the page and the next night. */
export interface KeptVerification {
  readonly verifyAndKeep: () => Promise<TrailVerification>;
  /** Null when there is none, or it is not ours. */
  readonly lastVerification: () => Promise<TrailVerification | null>;
}

type Written = Omit<TrailVerification, 'at' | 'restoredAt'> & {
  readonly at: string;
  readonly restoredAt: string | null;
};

/** What the code vouches for is what was put. */
const isWritten = (value: unknown): value is Written => isRow(value) && typeof value['at'] === 'string';

/** Builds it over the audit's notes. */
export function createKeptVerification(deps: {
  readonly verify: VerifyAuditTrail;
  readonly states: AuditStateStore;
}): KeptVerification {
  return {
    verifyAndKeep: async () => {
      const found = await deps.verify();
      await deps.states.put('verification', found);
      return found;
    },
    lastVerification: async () => {
      const note = await deps.states.get('verification');
      if (note === null || note === 'forged' || !isWritten(note.value)) return null;
      const { at, restoredAt, ...rest } = note.value;
      return { ...rest, at: new Date(at), restoredAt: restoredAt === null ? null : new Date(restoredAt) };
    },
  };
}
