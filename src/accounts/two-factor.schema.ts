import Joi from 'joi';
import { answer, anyText, count, listOf, moment, orNull } from '../http/answer.schema.ts';

const typed = Joi.string().max(200);
const optional = typed.allow('').default('');
const code = Joi.string().max(40).allow('').default('');
const sealed = Joi.string().max(1000);

/** `POST /api/v1/sessions/second-step`. */
export interface SecondStepBody {
  readonly pendingLogin: string;
  readonly code: string;
  readonly recoveryCode: string;
}
/** What the first step gave, and one of the two codes. */
export const secondStepBody = Joi.object<SecondStepBody>({
  pendingLogin: sealed.required(),
  code,
  recoveryCode: code,
}).or('code', 'recoveryCode');

/** The form of the second step. */
export interface SecondStepForm extends SecondStepBody {
  readonly next: string;
  readonly remember: boolean;
}
/** The same, and what the login page's form held. */
export const secondStepForm = Joi.object<SecondStepForm>({
  pendingLogin: sealed.allow('').default(''),
  code,
  recoveryCode: code,
  next: Joi.string().allow('').max(2000).default(''),
  remember: Joi.boolean().truthy('yes').falsy('').default(false),
});

/** `PUT /api/v1/two-factor`. */
export interface ConfirmBody {
  readonly _csrf?: string;
  readonly password: string;
  readonly code: string;
}
/** Password and a code of the app. */
export const confirmBody = Joi.object<ConfirmBody>({ password: typed.required(), code: typed.required() });
/** The same as a form. */
export const confirmForm = Joi.object<ConfirmBody>({ _csrf: typed, password: optional, code });

/** What a change of two-factor login asks for. */
export interface ChangeBody extends ConfirmBody {
  readonly recoveryCode: string;
}
/** Password, and a code of the app or a recovery code. */
export const changeBody = Joi.object<ChangeBody>({
  password: typed.required(),
  code,
  recoveryCode: code,
}).or('code', 'recoveryCode');
/** The same as a form. */
export const changeForm = Joi.object<ChangeBody>({
  _csrf: typed,
  password: optional,
  code,
  recoveryCode: code,
});

/** Answer of `GET /api/v1/two-factor`. */
export const twoFactorAnswer: Joi.ObjectSchema = answer({
  on: Joi.boolean(),
  since: orNull(moment),
  recoveryCodesLeft: count,
  demanded: Joi.boolean(),
});

/** A secret to be confirmed: for an app that reads QR codes, and to be typed. */
export const secretAnswer: Joi.ObjectSchema = answer({ secret: anyText, uri: anyText });

/** It is on: the codes are shown this once. */
export const turnedOnAnswer: Joi.ObjectSchema = answer({
  recoveryCodes: listOf(anyText),
  csrfToken: anyText,
});

/** New recovery codes, shown this once. */
export const recoveryCodesAnswer: Joi.ObjectSchema = answer({ recoveryCodes: listOf(anyText) });
