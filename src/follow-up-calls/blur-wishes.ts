import { remainingRefusals } from '../consents/consent.ts';
import type { ConsentEntry } from '../consents/consent.ts';
import type { ConsentStore } from '../consents/consent.store.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import type { DischargeRecord } from './discharge.ts';
import { consentIdOf, consentKeysOf } from './person-consents.ts';
import { silenceKeysOf, silenceSourceOf } from './silence.ts';
import type { SilenceStore } from './silence.store.ts';

/** What blurring needs. */
export interface BlurWishesDeps {
  readonly consents: Pick<ConsentStore, 'among' | 'find' | 'replace'>;
  readonly silences: Pick<SilenceStore, 'blur'>;
  readonly silencing: Pick<CallSilencingStore, 'ofDischarges'>;
  readonly blindIndex: BlindIndex;
  readonly newId: () => string;
  readonly time: HospitalTime;
}

/** Takes from the wishes of persons what leads from an erased stay to its person. */
export type BlurWishes = (records: readonly DischargeRecord[]) => Promise<void>;

/**
 * A consent's id is made of the attempt it was said in, a silence may name the stay that told of it, and both have a moment that calls and the
 * audit have too: an erased stay would lead back to its person. What was agreed to is dropped; what forbids goes on working under a
 * random id, with a day. Before the keys of the stays are taken away. Safe to repeat.
 */
export function createBlurWishes(deps: BlurWishesDeps): BlurWishes {
  const { blindIndex, time } = deps;
  const dayOf = (moment: Date): Date => time.momentOf(time.dateOf(moment), '00:00');
  return async (records) => {
    for (const record of records) {
      const said = await saidBy(deps, record);
      const kept = remainingRefusals(said).map((entry) =>
        Object.assign({}, entry, { id: deps.newId(), at: dayOf(entry.at), recordedBy: 'system' }),
      );
      await deps.consents.replace(said, kept);
      await deps.silences.blur(silenceKeysOf(record, blindIndex), silenceSourceOf(record.id), dayOf);
    }
  };
}

/** Every entry of the person of a stay; of one whose keys have ended, what was said in its calls leads to the rest. */
async function saidBy(deps: BlurWishesDeps, record: DischargeRecord): Promise<readonly ConsentEntry[]> {
  const calls = await deps.silencing.ofDischarges([record.id]);
  const ids = calls
    .flatMap(({ attempts }) => attempts)
    .map(({ attemptId }) =>
      consentIdOf({ causeId: `attempt\n${attemptId}`, purpose: 'satisfaction-call' }, deps.blindIndex),
    );
  const inCalls = await deps.consents.find(ids);
  const keys = [...consentKeysOf(record, deps.blindIndex), ...inCalls.flatMap((entry) => entry.keys)];
  return deps.consents.among([...new Set(keys)]);
}
