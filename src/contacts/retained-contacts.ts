import type { RetainedKind } from '../privacy/retention.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { ContactStore } from './contact.store.ts';
import type { ErasedContactStore } from './erased-contact.store.ts';

const dayMs = 24 * 60 * 60_000;

/** What the ending of contacts needs. */
export interface RetainedContactsDeps {
  readonly contacts: Pick<ContactStore, 'countDue' | 'oldest'>;
  readonly purge: (now: Date) => Promise<number>;
  readonly retentionDays: number;
  readonly erasedContacts: Pick<ErasedContactStore, 'countBefore' | 'oldest' | 'removeBefore'>;
  /** Days for which a contact that comes back with a backup is known. */
  readonly erasedMarkDays: number;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/** How contacts end in time, and the marks of those that were erased. */
export function retainedContacts(deps: RetainedContactsDeps): readonly RetainedKind[] {
  const { contacts, erasedContacts, erasedMarkDays, hospitalTime } = deps;
  const marksBefore = (now: Date): Date => new Date(now.getTime() - erasedMarkDays * dayMs);
  const dayOf = (moment: Date | null): CalendarDate | null => moment && hospitalTime.dateOf(moment);
  return [
    {
      kind: 'contacts',
      days: deps.retentionDays,
      due: ({ now }) => contacts.countDue(now),
      oldest: async () => dayOf(await contacts.oldest()),
      end: ({ now }) => deps.purge(now),
    },
    {
      kind: 'erased-contacts',
      days: erasedMarkDays,
      due: ({ now }) => erasedContacts.countBefore(marksBefore(now)),
      oldest: async () => dayOf(await erasedContacts.oldest()),
      end: ({ now }) => erasedContacts.removeBefore(marksBefore(now)),
    },
  ];
}
