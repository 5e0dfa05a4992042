import type { RetainedKind } from '../privacy/retention.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { DepartmentAliasStore } from './department-alias.store.ts';

/** What the ending of names needs. */
export interface RetainedNamesDeps {
  readonly aliases: Pick<DepartmentAliasStore, 'countUnmapped' | 'oldestUnmapped' | 'removeUnmappedBefore'>;
  readonly retentionDays: number;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/** How names that nobody maps end in time: in a wrong column they can be anything, patients too. */
export function retainedNames({ aliases, retentionDays, hospitalTime }: RetainedNamesDeps): RetainedKind {
  const endedBefore = (now: Date): Date => new Date(now.getTime() - retentionDays * 24 * 60 * 60_000);
  return {
    kind: 'unmapped-names',
    days: retentionDays,
    due: ({ now }) => aliases.countUnmapped(endedBefore(now)),
    oldest: async () => {
      const seenAt = await aliases.oldestUnmapped();
      return seenAt && hospitalTime.dateOf(seenAt);
    },
    end: ({ now }) => aliases.removeUnmappedBefore(endedBefore(now)),
  };
}
