import type { BlindIndex } from '../privacy/blind-index.ts';
import { DomainError } from '../shared/domain-error.ts';
import { patientKeyOf, personKeysOf, phoneKeyOf } from './person-key.ts';
import type { PersonKeys } from './person-key.ts';
import { normalizePhone } from './phone-number.ts';

/** What somebody tells of himself now, as it is typed: any of them. */
export interface GivenPerson {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly patientNo?: string | undefined;
}

/**
 * The keys of somebody as he tells of himself: the same that a stay of his has, or will have. A number alone is the family's; with the
 * name it is a person's. Throws `person_phone_unreadable` (invalid).
 */
export function givenKeysOf(given: GivenPerson, blindIndex: BlindIndex): PersonKeys {
  // Cleaned as a row of the HIS is.
  const [name, patientNo] = [given.name?.trim(), given.patientNo?.normalize('NFKC').trim()];
  const number = given.phone ? normalizePhone(given.phone) : undefined;
  if (number === null)
    throw new DomainError('invalid', 'person_phone_unreadable', 'This is not a telephone number.');
  if (name && number)
    return personKeysOf(
      { name, phone: number, contactPhone: null, patientNo: patientNo || null },
      blindIndex,
    );
  return {
    phones: number ? [phoneKeyOf(number, blindIndex)] : [],
    persons: patientNo ? [patientKeyOf(patientNo, blindIndex)] : [],
  };
}

/** A stay of which nothing is left that its person is known by: what is recorded of it would reach nobody. */
export function personGone(): DomainError {
  const message = 'Nothing is left by which the person of this stay is known: record it by what is told now.';
  return new DomainError('conflict', 'person_gone', message);
}

/** What was told does not tell one person from another. */
export function personUnknown(): DomainError {
  const message = 'By this nobody is known: it takes the patient number, or telephone and name.';
  return new DomainError('conflict', 'person_unknown', message);
}
