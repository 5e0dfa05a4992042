import type { Clock } from '../shared/clock.ts';
import type { DemonstrationStore } from './demonstration.store.ts';

/** What beginning needs. */
export interface BeginDemonstrationDeps {
  readonly marks: Pick<DemonstrationStore, 'find' | 'begin'>;
  /** Whether the configuration wants one. */
  readonly enabled: boolean;
  /** Whether this is an evaluation: anything else must never hold a demonstration. */
  readonly evaluation: boolean;
  /** Whether the database holds nothing of a hospital yet. */
  readonly isEmpty: () => Promise<boolean>;
  readonly clock: Clock;
}

/** Decides at a start whether there is a demonstration; resolves with that. */
export type BeginDemonstration = () => Promise<boolean>;

/**
 * Marks an empty database of an evaluation for the demonstration, once and before anything else is in it. Rejects when a
 * service that is no evaluation finds a demonstration: invented answers must not stand among real ones.
 */
export function createBeginDemonstration(deps: BeginDemonstrationDeps): BeginDemonstration {
  return async () => {
    const standing = await deps.marks.find();
    if (standing && !deps.evaluation) {
      throw new Error(
        'This database holds the demonstration hospital, whose answers are invented: take an empty database (MONGODB_URI, MONGODB_DATABASE).',
      );
    }
    if (standing) return true;
    if (!deps.enabled || !deps.evaluation || !(await deps.isEmpty())) return false;
    await deps.marks.begin(deps.clock.now());
    return true;
  };
}
