import Joi from 'joi';
import { answer, anyText, day, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import { scopes } from './scope.ts';
import type { Scope } from './scope.ts';

const calendarDate = Joi.string().custom((value: string, helpers) =>
  isCalendarDate(value) ? value : helpers.error('calendar.date'),
);
const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const name = Joi.string().trim().max(100).pattern(oneLine);
const scope = Joi.string().valid(...scopes);

/** `POST /api/v1/api-keys`. */
export interface ApiKeyBody {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresOn?: string;
}
/** Name, scopes and, when it is not the usual one, the last day. */
export const apiKeyBody = Joi.object<ApiKeyBody>({
  name: name.allow('').required(),
  scopes: Joi.array().items(scope).max(scopes.length).required(),
  expiresOn: calendarDate,
});

/** The form of `/admin/api-keys`: what is wrong with it is judged where it can be shown again. */
export interface ApiKeyForm {
  readonly _csrf?: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresOn: string;
}
/** What the browser sends: scopes as repeated fields. */
export const apiKeyForm = Joi.object<ApiKeyForm>({
  _csrf: Joi.string().max(200),
  name: Joi.string().allow('').max(500).default(''),
  scopes: Joi.array().items(Joi.string().max(60)).single().max(50).default([]),
  expiresOn: Joi.string().allow('').max(40).default(''),
});

/** A form of nothing but its token. */
export const emptyKeyForm = Joi.object({ _csrf: Joi.string().max(200) });

/** Path of one key. */
export const apiKeyParams = Joi.object({ keyId: Joi.string().max(40).required() });

const summary = answer({
  id: anyText,
  name: anyText,
  scopes: listOf(anyText),
  state: oneOf(['active', 'ending', 'expired', 'revoked']),
  createdAt: moment,
  createdBy: anyText,
  expiresOn: day,
  revokedAt: orNull(moment),
  lastUsedAt: orNull(moment),
  lastUsedFrom: orNull(anyText),
});

/** Answer of `GET /api/v1/api-keys`. */
export const apiKeysAnswer: Joi.ObjectSchema = answer({ items: listOf(summary) });

/** A new key: `token` is given this once. */
export const createdApiKeyAnswer: Joi.ObjectSchema = answer({ key: summary, token: anyText });
