import type { BlindIndex } from '../privacy/blind-index.ts';

/** Blind indexes of whatever a person may be known by, apart from the admission. */
export interface PersonKeys {
  /** Of the patient's own number, then of the contact's. */
  readonly phones: readonly string[];
  /** Of 住院号, and of number and name together: a family often shares a number. */
  readonly persons: readonly string[];
}

/** What remains of an erased person. */
export const noPersonKeys: PersonKeys = { phones: [], persons: [] };

/** What a person is known by, in plain; numbers as they are dialled. */
export interface PersonNumbers {
  readonly name: string;
  readonly phone: string | null;
  readonly contactPhone: string | null;
  readonly patientNo: string | null;
}

/** The blind index of a number, the same whoever it belongs to. */
export function phoneKeyOf(phone: string, blindIndex: BlindIndex): string {
  return blindIndex('phone', phone);
}

/** The blind index of 住院号, the same for all stays. */
export function patientKeyOf(patientNo: string, blindIndex: BlindIndex): string {
  return blindIndex('person', `number\n${patientNo}`);
}

/** The blind index of 住院号 among a person's keys, which are of that name and number; null when none came. */
export function patientKeyAmong(
  { persons }: PersonKeys,
  { name, phone, contactPhone }: Omit<PersonNumbers, 'patientNo'>,
  blindIndex: BlindIndex,
): string | null {
  const named = personKeysOf({ name, phone, contactPhone, patientNo: null }, blindIndex).persons;
  return persons.find((key) => !named.includes(key)) ?? null;
}

/** The blind indexes of a person; none when neither a number to dial nor 住院号 is known. */
export function personKeysOf(numbers: PersonNumbers, blindIndex: BlindIndex): PersonKeys {
  const { name, phone, contactPhone, patientNo } = numbers;
  const known = phone ?? contactPhone;
  return {
    phones: [phone, contactPhone].filter((one) => one !== null).map((one) => phoneKeyOf(one, blindIndex)),
    persons: [
      ...(patientNo === null ? [] : [patientKeyOf(patientNo, blindIndex)]),
      ...(known === null ? [] : [blindIndex('person', `phone\n${known}\n${name}`)]),
    ],
  };
}
