import type { Clock } from '../shared/clock.ts';
import type { Principal } from '../shared/principal.ts';
import type { DischargeStore } from './discharge.store.ts';
import { inOrder, redFlagsOf } from './red-flag.ts';
import type { ListedRedFlag, RedFlag } from './red-flag.ts';
import type { RedFlagStore } from './red-flag.store.ts';
import type { SilencePersons } from './silence-person.ts';

/** What listing red flags needs. */
export interface ListRedFlagsDeps {
  readonly redFlags: Pick<RedFlagStore, 'list'>;
  readonly discharges: Pick<DischargeStore, 'findByIds'>;
  readonly silenced: SilencePersons['among'];
  readonly redFlagDepartments: (principal: Principal) => 'all' | readonly string[];
  readonly isTrial: () => boolean;
  readonly clock: Clock;
}

/** Lists the red flags a person looks after. */
export type ListRedFlags = (principal: Principal) => Promise<readonly ListedRedFlag[]>;

/** A red flag that is dealt with stays in the list this long. */
const shownMs = 30 * 24 * 60 * 60_000;

/**
 * Every red flag of the person's departments, in the mode in force, that is not dealt with, however old; and those dealt with in
 * the last 30 days. Those nobody has come first, in each state the newest. One whose patient is deceased or wishes no contact stays, and says so.
 */
export function createListRedFlags(deps: ListRedFlagsDeps): ListRedFlags {
  return async (principal) => {
    const departments = deps.redFlagDepartments(principal);
    const since = new Date(deps.clock.now().getTime() - shownMs);
    const calls = await deps.redFlags.list({ departments, trial: deps.isTrial(), since });
    const shown = ({ escalation }: RedFlag): boolean => (escalation?.settledAt ?? since) >= since;
    const stays = await deps.discharges.findByIds(calls.map(({ dischargeId }) => dischargeId));
    const silenced = await deps.silenced(stays);
    const flags = calls.flatMap((call) => {
      const silence = silenced.get(call.dischargeId) ?? null;
      return redFlagsOf(call).map((flag) => Object.assign(flag, { silence }));
    });
    return inOrder(flags.filter(shown));
  };
}
