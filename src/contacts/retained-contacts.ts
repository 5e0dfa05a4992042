import type { RetainedKind } from '../privacy/retention.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { ContactStore } from './contact.store.ts';

/** What the ending of contacts needs. */
export interface RetainedContactsDeps {
  readonly contacts: Pick<ContactStore, 'countDue' | 'oldest'>;
  readonly purge: (now: Date) => Promise<number>;
  readonly retentionDays: number;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/** How contacts end in time. */
export function retainedContacts(deps: RetainedContactsDeps): RetainedKind {
  return {
    kind: 'contacts',
    days: deps.retentionDays,
    due: ({ now }) => deps.contacts.countDue(now),
    oldest: async () => {
      const received = await deps.contacts.oldest();
      return received && deps.hospitalTime.dateOf(received);
    },
    end: ({ now }) => deps.purge(now),
  };
}
