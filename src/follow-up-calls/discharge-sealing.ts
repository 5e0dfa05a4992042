import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import { periodOf } from '../shared/reporting-period.ts';
import type { DischargeRecord } from './discharge.ts';
import type { Discharge } from './follow-up-call.ts';

/** The keys that turn a discharge into a record and back. */
export interface DischargeKeys {
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
}

const identityFields = ['name', 'phone', 'admissionNo'] as const;

/** Each field is bound to its record and its place, so that no ciphertext can be moved. */
const placeOf = (id: string, field: string): string => `discharge/${id}/${field}`;

/**
 * A discharge with its identity encrypted, under the blind index of its admission. In trial operation it has an id of its own: a
 * rehearsal never touches a live record, and what was rehearsed can be registered again in earnest.
 */
export function sealDischarge(
  discharge: Discharge,
  at: { readonly now: Date; readonly trial: boolean },
  keys: DischargeKeys,
): DischargeRecord {
  const { now, trial } = at;
  const id = keys.blindIndex(trial ? 'trial-admission' : 'admission', discharge.admissionNo);
  const seal = (field: (typeof identityFields)[number], plain: string): string =>
    keys.encryption.encrypt(plain, placeOf(id, field));
  return {
    id,
    departmentCode: discharge.departmentCode,
    nursingUnit: discharge.nursingUnit ?? null,
    dischargedOn: discharge.dischargedOn,
    countedOn: discharge.dischargedOn,
    period: periodOf(discharge.dischargedOn),
    trial,
    dischargeWay: discharge.dischargeWay ?? null,
    identity: {
      name: seal('name', discharge.patientName),
      phone: seal('phone', discharge.phone),
      admissionNo: seal('admissionNo', discharge.admissionNo),
    },
    createdAt: now,
    updatedAt: now,
  };
}

/** Name and phone of a record in plain, for the page of the nurse who has claimed its call. */
export function openIdentity(
  { id, identity }: DischargeRecord,
  encryption: FieldEncryption,
): { readonly name: string; readonly phone: string } {
  return {
    name: encryption.decrypt(identity.name, placeOf(id, 'name')),
    phone: encryption.decrypt(identity.phone, placeOf(id, 'phone')),
  };
}

/** Whether two records of one admission say the same, whatever their encryption looks like. */
export function sameDischarge(a: DischargeRecord, b: DischargeRecord, encryption: FieldEncryption): boolean {
  const plain = (record: DischargeRecord): string =>
    JSON.stringify([
      record.departmentCode,
      record.nursingUnit,
      record.dischargedOn,
      record.dischargeWay,
      openIdentity(record, encryption),
    ]);
  return plain(a) === plain(b);
}
