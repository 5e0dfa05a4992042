import Joi from 'joi';
import { removedKinds } from './deidentification-rules.ts';
import type { DeidentificationFile } from './deidentification-rules.ts';

/** The work at each place of a text grows with the longest word of a list: none is long. */
const words = Joi.array().items(Joi.string().min(1).max(12)).min(1).max(2000).required();
const characters = Joi.string().min(1).max(2000).required();
const token = Joi.string().min(1).max(12).required();

const schema = Joi.object<DeidentificationFile>({
  tokens: Joi.object(Object.fromEntries(removedKinds.map((kind) => [kind, token]))).required(),
  surnames: characters,
  compoundSurnames: words,
  notNames: words,
  afterNames: characters,
  afterGivenNames: characters,
  afterNameWords: words,
  beforePatientNames: words,
  honorifics: words,
  staffTitles: words,
  fillers: characters,
  beforePhones: words,
  beforeRecordNumbers: words,
  beforeAccounts: words,
  beforeBeds: words,
  notAfterBed: words,
  roomWords: words,
  units: words,
  afterDays: words,
  beforeAddresses: words,
  addressEnds: words,
  notVillages: words,
  notAfterVillage: words,
  beforeVillages: characters,
  plateProvinces: characters,
});

/** The rules of a file. Throws an Error that names what is wrong with them. */
export function readDeidentificationFile(value: unknown): DeidentificationFile {
  const result = schema.required().validate(value, { abortEarly: false });
  if (result.error) throw new Error(`The rules of de-identification: ${result.error.message}`);
  return result.value;
}
