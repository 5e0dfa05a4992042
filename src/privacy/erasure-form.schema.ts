import Joi from 'joi';

const text = Joi.string().trim().max(64).allow('').default('');
const token = Joi.string().max(500);

/** The search on the page; what is wrong is judged by the use case, and what was typed is kept. */
export interface SearchForm {
  readonly _csrf?: string;
  readonly admissionNo: string;
  readonly patientNo: string;
  readonly phone: string;
  /** What is looked for in texts: all of them are read, so it is asked for apart. */
  readonly name: string;
  readonly account: string;
  /** An answer, or one of its comments. */
  readonly submissionId: string;
}

const searchFields = {
  _csrf: token,
  admissionNo: text,
  patientNo: text,
  phone: text,
  name: text,
  account: text,
  submissionId: Joi.string().trim().max(150).allow('').default(''),
};

/** The search. */
export const searchForm = Joi.object<SearchForm>(searchFields);

/** What is done to what was found. */
export interface PersonForm extends SearchForm {
  readonly id: string;
  readonly dischargeIds: readonly string[];
  readonly contactIds: readonly string[];
  readonly submissionIds: readonly string[];
  /** Whether what was typed is blotted out of texts. */
  readonly blot: string;
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
  submissionIds: ids,
  blot: text,
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

/** What the page says was done, and the answer it was opened for. */
export interface ErasureQuery {
  readonly done?: string;
  readonly submissionId?: string;
  readonly lang?: string;
}

/** The page's address. */
export const erasureQuery = Joi.object<ErasureQuery>({
  done: Joi.string().valid('silenced', 'lifted'),
  submissionId: Joi.string()
    .max(64)
    .pattern(/^[\w-]+$/),
  lang: Joi.string().max(20),
});
