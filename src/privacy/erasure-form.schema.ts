import Joi from 'joi';

const text = Joi.string().trim().max(64).allow('').default('');
const token = Joi.string().max(500);

/** The search on the page; what is wrong is judged by the use case, and what was typed is kept. */
export interface SearchForm {
  readonly _csrf?: string;
  readonly admissionNo: string;
  readonly patientNo: string;
  readonly phone: string;
}

const searchFields = { _csrf: token, admissionNo: text, patientNo: text, phone: text };

/** The search. */
export const searchForm = Joi.object<SearchForm>(searchFields);

/** What is done to what was found. */
export interface PersonForm extends SearchForm {
  readonly id: string;
  readonly dischargeIds: readonly string[];
  readonly contactIds: readonly string[];
  readonly askedBy: string;
  readonly reason: string;
  readonly understood: string;
  readonly act: string;
}

const ids = Joi.array().items(Joi.string().max(100)).max(200).single().default([]);

/** The choice among what was found, and what is done with it. */
export const personForm = Joi.object<PersonForm>({
  ...searchFields,
  id: Joi.string().guid({ separator: '-', wrapper: false }).lowercase().required(),
  dischargeIds: ids,
  contactIds: ids,
  askedBy: text,
  reason: text,
  understood: text,
  act: Joi.string().valid('erase', 'deceased', 'do-not-contact', 'lift').required(),
});

/** What somebody tells of himself now, and what he wishes. */
export interface ToldForm {
  readonly _csrf?: string;
  readonly name: string;
  readonly patientNo: string;
  readonly phone: string;
  readonly act: string;
}

/** A silence, or its end, of whoever tells of himself: no stay need be known. */
export const toldForm = Joi.object<ToldForm>({
  _csrf: token,
  name: text,
  patientNo: text,
  phone: text,
  act: Joi.string().valid('deceased', 'do-not-contact', 'lift').required(),
});

/** What the page says was done. */
export const erasureQuery = Joi.object<{ done?: string; lang?: string }>({
  done: Joi.string().valid('silenced', 'lifted'),
  lang: Joi.string().max(20),
});
