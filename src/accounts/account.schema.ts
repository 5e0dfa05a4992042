import Joi from 'joi';
import { answer, anyText, day, listOf, maybe, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { roles } from '../shared/principal.ts';
import type { Role, RoleAssignment } from '../shared/principal.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import { maxAssignments } from './account-form.ts';
import type { TypedAccount } from './account-form.ts';

const typed = Joi.string().max(200);
const departmentCode = Joi.string().max(64);
const calendarDate = Joi.string()
  .max(10)
  .custom((value: string, helpers) => (isCalendarDate(value) ? value : helpers.error('calendar.date')));

/** `POST /api/v1/sessions`. */
export interface LogInBody {
  readonly username: string;
  readonly password: string;
}
/** User name and password, both given. */
export const logInBody = Joi.object<LogInBody>({
  username: typed.required(),
  password: typed.required(),
});

/** The login page's form; fields left empty are an ordinary failed login. */
export interface LogInForm extends LogInBody {
  readonly next: string;
  /** A name this device remembers; empty: the one that is typed. */
  readonly remembered: string;
  /** Whether this device is to show the name for the rest of the day. */
  readonly remember: boolean;
}
/** The same fields, which may be empty, and where to go afterwards. */
export const logInForm = Joi.object<LogInForm>({
  username: typed.allow('').default(''),
  password: typed.allow('').default(''),
  remembered: typed.allow('').default(''),
  remember: Joi.boolean().truthy('yes').default(false),
  next: Joi.string().allow('').max(2000).default(''),
});

/** Address of the login page. */
export interface LogInQuery {
  readonly next: string;
}
/** Where to go after the login; other parameters do not matter. */
export const logInQuery = Joi.object<LogInQuery>({
  next: Joi.string().allow('').max(2000).default(''),
}).unknown();

/** `POST /api/v1/accounts/current/password`. */
export interface PasswordBody {
  readonly currentPassword: string;
  readonly newPassword: string;
}
/** The current password and the new one. */
export const passwordBody = Joi.object<PasswordBody>({
  currentPassword: typed.required(),
  newPassword: typed.required(),
});

/** The password page's form. */
export interface PasswordForm extends PasswordBody {
  readonly _csrf?: string;
  readonly repeatedPassword: string;
}
/** Both passwords, the new one twice. */
export const passwordForm = Joi.object<PasswordForm>({
  _csrf: typed,
  currentPassword: typed.allow('').default(''),
  newPassword: typed.allow('').default(''),
  repeatedPassword: typed.allow('').default(''),
});

/** `POST /api/v1/accounts`. */
export interface AccountBody {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
}

const displayName = Joi.string().trim().max(100).required();
const roleAssignments = Joi.array()
  .items(
    Joi.object({
      role: Joi.string()
        .valid(...roles)
        .required(),
      departments: Joi.alternatives(
        Joi.string().valid('all'),
        Joi.array().items(departmentCode).max(500),
      ).required(),
      from: calendarDate,
      until: calendarDate,
    }),
  )
  .max(maxAssignments)
  .required();

/** User name, display name and roles; whether they are possible is the use case’s matter. */
export const accountBody = Joi.object<AccountBody>({
  username: typed.required(),
  displayName,
  roles: roleAssignments,
});

/** `PUT /api/v1/accounts/:accountId`. */
export type AccountChangeBody = Omit<AccountBody, 'username'> & { readonly version: number };

const version = Joi.number().integer().min(1);

/** Display name and all roles as they are to be, and the version they are changed from. */
export const accountChangeBody = Joi.object<AccountChangeBody>({
  version: version.required(),
  displayName,
  roles: roleAssignments,
});

/** Which accounts a list shows. */
export interface AccountQuery {
  readonly text: string;
  readonly role: Role | '';
  readonly state: '' | 'active' | 'disabled';
}
/** Part of a name, a role held at any time, a state; left out or empty: all. */
export const accountQuery = Joi.object<AccountQuery>({
  text: Joi.string().trim().allow('').max(100).default(''),
  role: Joi.string()
    .valid('', ...roles)
    .default(''),
  state: Joi.string().valid('', 'active', 'disabled').default(''),
});

/** What the page of one account may be told in its address. */
export const accountDoneQuery = Joi.object({
  done: Joi.string().valid('saved', 'enabled', 'disabled', 'twoFactorReset'),
});

/** What a browser sends of `/admin/accounts`: each role with a number, such as `role-0`, `departments-0`, `from-0`, `until-0`. */
export const accountForm = Joi.object<TypedAccount>({
  _csrf: typed,
  version: Joi.string().max(15),
  username: typed.allow('').default(''),
  displayName: Joi.string().allow('').max(100).default(''),
  more: Joi.string().valid('yes'),
})
  .pattern(/^role-\d{1,2}$/, Joi.string().valid('', ...roles))
  .pattern(/^(from|until)-\d{1,2}$/, Joi.string().allow('').max(20))
  .pattern(/^departments-\d{1,2}$/, Joi.array().items(departmentCode).single());

/** A form that holds nothing but its CSRF token. */
export const emptyForm = Joi.object({ _csrf: typed });

/** Path of one account. */
export const accountParams = Joi.object({ accountId: Joi.string().max(64).required() });

const heldRole = { role: oneOf(roles), departments: Joi.alternatives(oneOf(['all']), listOf(anyText)) };
const names = { username: anyText, displayName: anyText };
const assignment = answer({ ...heldRole, from: maybe(day), until: maybe(day) });
const summary = answer({
  id: anyText,
  ...names,
  roles: listOf(assignment),
  active: Joi.boolean(),
  version,
  lastLoginAt: orNull(moment),
});

/** One account. */
export const accountAnswer: Joi.ObjectSchema = summary;

/** Answer of `GET /api/v1/accounts`. */
export const accountsAnswer: Joi.ObjectSchema = answer({ accounts: listOf(summary) });

/** An account with the password that is shown this once. */
export const createdAccountAnswer: Joi.ObjectSchema = answer({ account: summary, oneTimePassword: anyText });

/** A new password, shown this once. */
export const resetPasswordAnswer: Joi.ObjectSchema = answer({ username: anyText, oneTimePassword: anyText });

/** Who is logged in, and the token unsafe requests must carry. */
export const sessionAnswer: Joi.ObjectSchema = answer({
  principal: answer({
    accountId: anyText,
    ...names,
    roles: listOf(answer(heldRole)),
    mustChangePassword: Joi.boolean(),
    passwordExpired: maybe(Joi.boolean()),
    mustSetUpTwoFactor: maybe(Joi.boolean()),
  }),
  csrfToken: anyText,
});

/** The first step of a two-factor login: what the second sends back, within five minutes. */
export const pendingLoginAnswer: Joi.ObjectSchema = answer({ pendingLogin: anyText });

/** The token of the session that began. */
export const csrfAnswer: Joi.ObjectSchema = answer({ csrfToken: anyText });
