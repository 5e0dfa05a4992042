import Joi from 'joi';
import { consentChannels, consentPurposes, consentStates } from '../consents/consent.ts';
import type { GivenConsent } from '../consents/consent.ts';
import type { GivenPerson } from './given-person.ts';

/** Path of a discharge. */
export const consentParams = Joi.object({
  id: Joi.string()
    .pattern(/^[\w:.-]{1,100}$/)
    .required(),
});

const purpose = Joi.string()
  .valid(...consentPurposes)
  .required();
const state = Joi.string()
  .valid(...consentStates)
  .required();
const channel = Joi.string()
  .valid(...consentChannels)
  .required();

/** What the person of a discharge said, with an id of the client's own: sent again, it is the same. */
export interface ConsentBody extends Omit<GivenConsent, 'noticeVersion'> {
  readonly consentId: string;
  readonly noticeVersion?: string;
}

const consentFields = {
  consentId: Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required(),
  purpose,
  state,
  channel,
  noticeVersion: Joi.string().max(64),
};

/** Body of recording a consent. */
export const consentBody = Joi.object<ConsentBody>(consentFields);

/** What whoever tells of himself says, with an id of the client's own. */
export interface ToldConsentBody extends ConsentBody {
  readonly person: GivenPerson;
}

const number = Joi.string().trim().max(64).empty('');

/** Body of recording what somebody says whose stay is not known, or no longer. */
export const toldConsentBody = Joi.object<ToldConsentBody>({
  ...consentFields,
  person: Joi.object({ name: number, phone: number, patientNo: number }).required(),
});

/** The search on the page; numbers never stand in an address. */
export interface ConsentSearch {
  readonly _csrf?: string;
  readonly admissionNo: string;
  readonly patientNo: string;
  readonly phone: string;
}

const text = Joi.string().trim().max(64).allow('').default('');
const search = { _csrf: Joi.string().max(500), admissionNo: text, patientNo: text, phone: text };

/** The search. */
export const consentSearch = Joi.object<ConsentSearch>(search);

/** What the office records of one who was found. */
export interface ConsentForm extends ConsentSearch, Omit<GivenConsent, 'noticeVersion'> {
  readonly consentId: string;
  readonly dischargeId: string;
}

/** The form beside somebody who was found. */
export const consentForm = Joi.object<ConsentForm>({
  ...search,
  consentId: Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required(),
  dischargeId: Joi.string().max(100).required(),
  purpose,
  state,
  channel,
});

/** What the office records of one who tells of himself: no stay need be known. */
export interface ToldConsentForm extends Omit<ConsentForm, 'dischargeId' | 'admissionNo'> {
  readonly name: string;
}

/** The form for somebody who was not found, or whose stay says no longer who it was. */
export const toldConsentForm = Joi.object<ToldConsentForm>({
  _csrf: search._csrf,
  name: text,
  patientNo: text,
  phone: text,
  consentId: Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required(),
  purpose,
  state,
  channel,
});
