import type { Clock } from '../shared/clock.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { BlindIndex } from './blind-index.ts';
import type { PeriodSecretStore } from './period-secret.store.ts';

/** What a call or link is known by in the answer that came by it: a fingerprint under the keys of one month. */
export type SourceKey = (purpose: 'call-source' | 'link-source', id: string) => string;

/** The fingerprints of a month. */
export type SourceKeys = (period: ReportingPeriod) => Promise<SourceKey>;

/** What source keys need. */
export interface SourceKeysDeps {
  readonly secrets: Pick<PeriodSecretStore, 'findOrKeep'>;
  readonly blindIndex: BlindIndex;
  readonly randomSecret: () => string;
  readonly clock: Clock;
}

/** How long a secret is remembered: one that another instance destroyed is forgotten here within this time. */
const rememberedMs = 6 * 60 * 60_000;

/**
 * Fingerprints under the blind index key and a random secret of the month, which is destroyed when the month's retention ends: from then
 * on nobody can say which call an answer came by. The secret is remembered, so that an answer costs no further reading.
 */
export function createSourceKeys(deps: SourceKeysDeps): SourceKeys {
  const known = new Map<ReportingPeriod, { readonly secret: string; readonly readAt: number }>();
  const secretOf = async (period: ReportingPeriod): Promise<string> => {
    const now = deps.clock.now();
    const remembered = known.get(period);
    if (remembered && Math.abs(now.getTime() - remembered.readAt) < rememberedMs) return remembered.secret;
    const secret = await deps.secrets.findOrKeep(period, deps.randomSecret(), now);
    known.set(period, { secret, readAt: now.getTime() });
    return secret;
  };
  return async (period) => {
    const secret = await secretOf(period);
    return (purpose, id) => deps.blindIndex(purpose, `${secret}\n${id}`);
  };
}
