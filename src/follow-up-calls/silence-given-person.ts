import type { PersonKeys } from './person-key.ts';
import { givenKeysOf, personUnknown } from './given-person.ts';
import type { GivenPerson } from './given-person.ts';
import { keysSilencedBy, silenceKeysOf, strongestOf } from './silence.ts';
import type { SilenceKind } from './silence.ts';
import { keepSilence } from './silence-person.ts';
import type { SilencePersonDeps, Silencer } from './silence-person.ts';

/** What silencing by what is told needs. */
export interface SilenceGivenPersonDeps extends SilencePersonDeps {
  /** A rehearsal silences nobody in earnest. */
  readonly isTrial: () => boolean;
}

/** Silences of whoever tells of himself now, with or without a stay that is known. */
export interface SilenceGivenPerson {
  /**
   * Silences whoever these numbers belong to: open calls of every stay close at once, later stays come silenced. A wish not to be
   * contacted may stand on the telephone number alone, a death may not. Safe to repeat. Throws `person_unknown` (conflict) when nothing
   * would be kept, `person_phone_unreadable`.
   */
  readonly silence: (given: GivenPerson, kind: SilenceKind, by: Silencer) => Promise<void>;
  /** Lifts it for what is registered from now on. Throws as `silence`. */
  readonly lift: (given: GivenPerson, by: Silencer) => Promise<void>;
  /** Whether whoever these numbers belong to is silenced. Every channel that knows a number and no stay asks this. */
  readonly kindOf: (given: GivenPerson) => Promise<SilenceKind | null>;
}

/** Builds the silencing by what is told. What was told stands in no audit entry. */
export function createSilenceGivenPerson(deps: SilenceGivenPersonDeps): SilenceGivenPerson {
  const { blindIndex, silences } = deps;
  const personOf = (given: GivenPerson): { readonly personKeys: PersonKeys; readonly trial: boolean } => {
    return { personKeys: givenKeysOf(given, blindIndex), trial: deps.isTrial() };
  };
  const audited = (action: string, by: Silencer): Promise<void> =>
    deps.recordAuditEvent({
      ...by,
      action,
      subject: 'person/as-told',
      fields: ['kind'],
      outcome: 'succeeded',
    });
  return {
    silence: async (given, kind, by) => {
      const person = personOf(given);
      if (keysSilencedBy(kind, person, blindIndex).length === 0) throw personUnknown();
      await keepSilence(deps, person, kind, by.actor);
      await audited('person.silence', by);
    },
    lift: async (given, by) => {
      const keys = silenceKeysOf(personOf(given), blindIndex);
      if (keys.length === 0) throw personUnknown();
      await silences.lift(keys);
      await audited('person.silence.lift', by);
    },
    kindOf: async (given) => {
      const known = await silences.among(silenceKeysOf(personOf(given), blindIndex));
      return strongestOf([...known.values()]);
    },
  };
}
