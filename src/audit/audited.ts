import { DomainError } from '../shared/domain-error.ts';
import type { AuditOutcome, RecordAuditEvent, ToldEvent } from './audit-event.ts';

/** Something a person or a machine is about to do. */
export type Announced = Omit<ToldEvent, 'outcome'>;

/** What telling needs; `onLost` hears of an outcome that could not be kept. */
export interface AuditedDeps {
  readonly recordAuditEvent: RecordAuditEvent;
  readonly onLost: (event: Announced) => void;
}

/** Does some work, announced before and told after: see `audited`. */
export type RunAnnounced = <T>(event: Announced, work: () => Promise<T>) => Promise<T>;

/** Refused: what was asked could not be done as it was asked. Failed: something went wrong with us. */
function outcomeOf(error: unknown): AuditOutcome {
  return error instanceof DomainError && error.kind !== 'unavailable' ? 'refused' : 'failed';
}

/**
 * Announces in the journal what is about to be done, does it, and tells what came of it: `succeeded`, or what `judge` says,
 * `refused` for what a rule forbids, `failed` for a fault. What cannot be announced is not done; an outcome that cannot be kept
 * leaves the announcement alone, for people to see. Rejects with the work's own error.
 */
export async function audited<T>(
  deps: AuditedDeps,
  event: Announced,
  work: () => Promise<T>,
  judge: () => AuditOutcome = () => 'succeeded',
): Promise<T> {
  await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
  const tell = (outcome: AuditOutcome): Promise<void> =>
    deps.recordAuditEvent({ ...event, outcome }).catch(() => deps.onLost(event));
  let done: T;
  try {
    done = await work();
  } catch (error) {
    await tell(outcomeOf(error));
    throw error;
  }
  await tell(judge());
  return done;
}
