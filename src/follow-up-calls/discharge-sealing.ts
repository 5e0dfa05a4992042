import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import { periodOf } from '../shared/reporting-period.ts';
import { patientNoIn, visitText } from './admission-key.ts';
import type { AdmissionKeys, DischargeRecord, SealedIdentity } from './discharge.ts';
import type { Discharge } from './follow-up-call.ts';
import { patientKeyAmong, patientKeyOf, personKeysOf } from './person-key.ts';
import type { PersonKeys } from './person-key.ts';

/** The keys that turn a discharge into a record and back. */
export interface DischargeKeys {
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
}

/** Who is to be called, in plain. */
export interface PatientIdentity {
  readonly name: string;
  /** The patient's own, or null. */
  readonly phone: string | null;
  /** The contact's, or null. */
  readonly contactPhone: string | null;
}

/** Each field is bound to its record and its place, so that no ciphertext can be moved. */
export function identityPlaceOf(id: string, field: keyof SealedIdentity): string {
  return `discharge/${id}/${field}`;
}

/** Encrypts the fields of one record; `sealedIf` leaves out what never came. */
function sealing(
  id: string,
  encryption: FieldEncryption,
): {
  readonly sealed: (field: keyof SealedIdentity, plain: string) => string;
  readonly sealedIf: (field: keyof SealedIdentity, plain: string | null | undefined) => string | null;
} {
  const sealed = (field: keyof SealedIdentity, plain: string): string =>
    encryption.encrypt(plain, identityPlaceOf(id, field));
  return {
    sealed,
    sealedIf: (field, plain) => (plain === null || plain === undefined ? null : sealed(field, plain)),
  };
}

/** What the person of a discharge is known by, as the discharge tells. */
function personKeysOfDischarge(discharge: Discharge, blindIndex: BlindIndex): PersonKeys {
  const { patientName: name, phone = null, contactPhone = null, patientNo = null } = discharge;
  return personKeysOf({ name, phone, contactPhone, patientNo }, blindIndex);
}

/**
 * A record to settle by, never to store: where it has lost its name, it has the keys of the person that the discharge tells of, so that a
 * death that comes this late is known of the person's other stays too.
 */
export function withPersonOf(
  record: DischargeRecord,
  discharge: Discharge,
  { blindIndex }: Pick<DischargeKeys, 'blindIndex'>,
): DischargeRecord {
  if (record.identity !== null) return record;
  return { ...record, personKeys: personKeysOfDischarge(discharge, blindIndex) };
}

/**
 * A discharge that is new, with its identity encrypted. Its id is given: nothing of the patient leads to it. In trial operation it has keys of its own
 * (see `admissionKeys`): a rehearsal never touches a live record, and what was rehearsed can be registered again in earnest.
 */
export function sealDischarge(
  discharge: Discharge,
  keys: AdmissionKeys,
  { id, now, trial }: { readonly id: string; readonly now: Date; readonly trial: boolean },
  { encryption, blindIndex }: DischargeKeys,
): DischargeRecord {
  const { sealed, sealedIf } = sealing(id, encryption);
  return {
    id,
    keys,
    departmentCode: discharge.departmentCode,
    nursingUnit: discharge.nursingUnit ?? null,
    dischargedOn: discharge.dischargedOn,
    countedOn: discharge.dischargedOn,
    period: periodOf(discharge.dischargedOn),
    trial,
    dischargeWay: discharge.dischargeWay ?? null,
    doctor: discharge.doctor ?? null,
    nurse: discharge.nurse ?? null,
    identity: {
      name: sealed('name', discharge.patientName),
      phone: sealedIf('phone', discharge.phone),
      contactPhone: sealedIf('contactPhone', discharge.contactPhone),
      admissionNo: sealedIf('admissionNo', discharge.admissionNo),
      patientNo: sealedIf('patientNo', visitText(discharge)),
    },
    personKeys: personKeysOfDischarge(discharge, blindIndex),
    createdAt: now,
    updatedAt: now,
  };
}

/** Name and phones of a record in plain, for the page of the nurse who has claimed its call; null when it has no identity any more. */
export function openIdentity(
  { id, identity }: Pick<DischargeRecord, 'id' | 'identity'>,
  encryption: FieldEncryption,
): PatientIdentity | null {
  if (identity === null) return null;
  const open = (field: 'phone' | 'contactPhone'): string | null => {
    const text = identity[field];
    return text === null ? null : encryption.decrypt(text, identityPlaceOf(id, field));
  };
  return {
    name: encryption.decrypt(identity.name, identityPlaceOf(id, 'name')),
    phone: open('phone'),
    contactPhone: open('contactPhone'),
  };
}

/** The fields of a record that stand in plain, after a discharge: what it leaves out stays as it is known. */
function correctedFields(known: DischargeRecord, discharge: Discharge, keys: AdmissionKeys): DischargeRecord {
  const { nursingUnit, dischargeWay, doctor, nurse } = discharge;
  return {
    ...known,
    keys: { admission: known.keys.admission ?? keys.admission, visit: known.keys.visit ?? keys.visit },
    departmentCode: discharge.departmentCode,
    dischargedOn: discharge.dischargedOn,
    nursingUnit: nursingUnit ?? known.nursingUnit,
    dischargeWay: dischargeWay ?? known.dischargeWay,
    doctor: doctor ?? known.doctor,
    nurse: nurse ?? known.nurse,
  };
}

/**
 * Whether a discharge is somebody else's than the record that one of its keys has found: another 住院号 came with it; or, where
 * none can be compared, another name and another day and no phone that is known. A corrected name or phone alone is none of these.
 */
export function isAnotherPerson(
  known: DischargeRecord,
  discharge: Discharge,
  keys: AdmissionKeys,
  { encryption, blindIndex }: DischargeKeys,
): boolean {
  const before = openIdentity(known, encryption);
  const sameVisit = keys.visit !== null && keys.visit === known.keys.visit;
  if (before === null || sameVisit) return false;
  const { patientNo, patientName, phone, dischargedOn } = discharge;
  const number = patientKeyAmong(known.personKeys, before, blindIndex);
  if (number !== null && patientNo !== undefined) return number !== patientKeyOf(patientNo, blindIndex);
  const knownPhone = phone !== undefined && [before.phone, before.contactPhone].includes(phone);
  return patientName !== before.name && !knownPhone && dischargedOn !== known.dischargedOn;
}

/**
 * The stored record as a discharge corrects it, or the record itself when the discharge says nothing new. What the discharge
 * leaves out stays as it is known; id, counted day, period and creation never change.
 */
export function correctedBy(
  known: DischargeRecord,
  discharge: Discharge,
  came: { readonly keys: AdmissionKeys; readonly now: Date },
  keys: DischargeKeys,
): DischargeRecord {
  const { encryption, blindIndex } = keys;
  const before = openIdentity(known, encryption);
  if (before === null || known.identity === null) return correctedNameless(known, discharge, came);
  const { patientName: name, phone, contactPhone, admissionNo } = discharge;
  const after = {
    name,
    phone: phone ?? before.phone,
    contactPhone: contactPhone ?? before.contactPhone,
  };
  const corrected = correctedFields(known, discharge, came.keys);
  const number = patientKeyAmong(known.personKeys, before, blindIndex);
  const learnsNumber = number === null && discharge.patientNo !== undefined;
  if (!learnsNumber && says(corrected, after) === says(known, before)) return known;
  const { sealed, sealedIf } = sealing(known.id, encryption);
  return {
    ...corrected,
    identity: {
      name: sealed('name', after.name),
      phone: sealedIf('phone', after.phone),
      contactPhone: sealedIf('contactPhone', after.contactPhone),
      admissionNo: known.identity.admissionNo ?? sealedIf('admissionNo', admissionNo),
      patientNo: known.identity.patientNo ?? sealedIf('patientNo', visitText(discharge)),
    },
    personKeys: correctedPersonKeys(known, discharge, { after, number }, keys),
    updatedAt: came.now,
  };
}

/** What the person is known by after a correction; the blind index of 住院号 stays when this discharge came without. */
function correctedPersonKeys(
  known: DischargeRecord,
  discharge: Discharge,
  { after, number }: { readonly after: PatientIdentity; readonly number: string | null },
  { encryption, blindIndex }: DischargeKeys,
): PersonKeys {
  const patientNo = patientNoOf(known, discharge, encryption);
  const { phones, persons } = personKeysOf({ ...after, patientNo }, blindIndex);
  return { phones, persons: number === null || patientNo !== null ? persons : [number, ...persons] };
}

/** A record whose identity is gone stays without: only what is counted by is corrected. */
function correctedNameless(
  known: DischargeRecord,
  discharge: Discharge,
  came: { readonly keys: AdmissionKeys; readonly now: Date },
): DischargeRecord {
  const corrected = correctedFields(known, discharge, came.keys);
  return says(corrected, null) === says(known, null) ? known : { ...corrected, updatedAt: came.now };
}

/** 住院流水号 and 住院号 of a record in plain, null for what never came or is gone. */
export function openNumbers(
  { id, identity }: Pick<DischargeRecord, 'id' | 'identity'>,
  encryption: FieldEncryption,
): Required<{ readonly admissionNo: string | null; readonly visit: string | null }> {
  const open = (field: 'admissionNo' | 'patientNo'): string | null => {
    const text = identity?.[field] ?? null;
    return text === null ? null : encryption.decrypt(text, identityPlaceOf(id, field));
  };
  return { admissionNo: open('admissionNo'), visit: open('patientNo') };
}

function patientNoOf(
  known: DischargeRecord,
  discharge: Discharge,
  encryption: FieldEncryption,
): string | null {
  const { visit } = openNumbers(known, encryption);
  return discharge.patientNo ?? (visit === null ? null : patientNoIn(visit));
}

/** What a record says, in a text to compare. */
function says(record: DischargeRecord, identity: PatientIdentity | null): string {
  const { keys, departmentCode, nursingUnit, dischargedOn, dischargeWay, doctor, nurse } = record;
  return JSON.stringify([
    [keys.admission, keys.visit],
    [departmentCode, nursingUnit, dischargedOn, dischargeWay, doctor, nurse],
    identity === null ? [] : [identity.name, identity.phone, identity.contactPhone],
  ]);
}
