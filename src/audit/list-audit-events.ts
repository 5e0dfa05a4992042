import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { AuditEventStore, StoredAuditEvent, WantedEvents } from './audit-event.store.ts';
import type { AuditOutcome } from './audit-event.ts';

/** What an auditor asks for. */
export interface AuditQuery {
  /** An account's id, or the name somebody logs in with. */
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly outcome?: AuditOutcome;
  readonly requestId?: string;
  /** First and last day, hospital time, both included. */
  readonly from?: CalendarDate;
  readonly until?: CalendarDate;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/** An event with the name of who did it, where there is an account, and whether its outcome is known. */
export interface ListedEvent extends StoredAuditEvent {
  /** Null when there is no such account. */
  readonly actorName: string | null;
  /** True of an announcement that nothing followed: a process died in between, or is at it. */
  readonly unfinished: boolean;
}

/** One page, newest first; `next` is the cursor of the following one, null at the end. */
export interface AuditPage {
  readonly items: readonly ListedEvent[];
  readonly next: string | null;
}

/** An account, for names. */
export interface NamedAccount {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
}

/** What listing needs. */
export interface ListAuditEventsDeps {
  readonly events: Pick<AuditEventStore, 'list' | 'stream' | 'outcomesOf'>;
  readonly listAccounts: () => Promise<readonly NamedAccount[]>;
  readonly hospitalTime: HospitalTime;
}

/** The auditor's reading of the trail. */
export interface ReadAuditEvents {
  /** Throws `cursor_invalid` (malformed). */
  readonly list: (query: AuditQuery, limit: number) => Promise<AuditPage>;
  /** All events asked for, newest first, without those that are unfinished being marked. */
  readonly stream: (query: AuditQuery) => Promise<AsyncIterable<Omit<ListedEvent, 'unfinished'>>>;
}

const cursorOf = ({ at, id }: StoredAuditEvent): string => `${at.getTime()}~${id}`;

function placeOf(cursor: string): { readonly at: Date; readonly id: string } {
  const [, time = '', id = ''] = /^(\d{1,15})~([\w/-]{1,100})$/.exec(cursor) ?? [];
  if (id === '') throw new DomainError('malformed', 'cursor_invalid', 'The page is not known.');
  return { at: new Date(Number(time)), id };
}

function wantedOf(
  { hospitalTime }: ListAuditEventsDeps,
  { actor, from, until, cursor, ...exact }: AuditQuery,
  accounts: readonly NamedAccount[],
): WantedEvents {
  const named = accounts.find(({ username }) => username === actor?.toLowerCase());
  const start = (day: CalendarDate): Date => hospitalTime.momentOf(day, '00:00');
  return {
    ...exact,
    ...(actor && { actor: named?.id ?? actor }),
    ...(from && { from: start(from) }),
    ...(until && { before: start(addDays(until, 1)) }),
    ...(cursor && { after: placeOf(cursor) }),
  };
}

const keyOf = ({ requestId, action, subject, actor }: StoredAuditEvent): string =>
  JSON.stringify([requestId, action, subject, actor]);

const isUnfinished = (event: StoredAuditEvent, told: ReadonlySet<string>): boolean =>
  event.outcome === 'attempted' && !told.has(keyOf(event));

const namesOf = (accounts: readonly NamedAccount[]): ReadonlyMap<string, string> =>
  new Map(accounts.map(({ id, displayName }) => [id, displayName]));

/** Builds the reading. */
export function createReadAuditEvents(deps: ListAuditEventsDeps): ReadAuditEvents {
  return {
    list: async (query, limit) => {
      const accounts = await deps.listAccounts();
      const names = namesOf(accounts);
      const found = await deps.events.list(wantedOf(deps, query, accounts), limit + 1);
      const items = found.slice(0, limit);
      const announced = items.filter(({ outcome }) => outcome === 'attempted');
      const told = new Set(
        (await deps.events.outcomesOf(announced.flatMap(({ requestId }) => requestId ?? []))).map(keyOf),
      );
      const last = items.at(-1);
      return {
        items: items.map((event) =>
          Object.assign(
            { actorName: names.get(event.actor) ?? null, unfinished: isUnfinished(event, told) },
            event,
          ),
        ),
        next: found.length > limit && last ? cursorOf(last) : null,
      };
    },
    stream: async (query) => {
      const accounts = await deps.listAccounts();
      return withNames(deps.events.stream(wantedOf(deps, query, accounts)), namesOf(accounts));
    },
  };
}

async function* withNames(
  events: AsyncIterable<StoredAuditEvent>,
  names: ReadonlyMap<string, string>,
): AsyncIterable<Omit<ListedEvent, 'unfinished'>> {
  for await (const event of events) yield { ...event, actorName: names.get(event.actor) ?? null };
}
