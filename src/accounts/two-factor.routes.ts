import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { SessionControl } from '../http/session-control.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import { ownerOf } from './account.ts';
import { accountParams, sessionAnswer } from './account.schema.ts';
import type { RenewRecoveryCodes, ResetTwoFactor, TurnOffTwoFactor } from './change-two-factor.ts';
import { inLanguage } from './error-texts.ts';
import type { FindPrincipal } from './find-principal.ts';
import { guardFor } from './guard.ts';
import type { LogInSecondStep } from './log-in-second-step.ts';
import type { BeginTwoFactor, ConfirmTwoFactor } from './set-up-two-factor.ts';
import type { ShowTwoFactor } from './show-two-factor.ts';
import type { Totp } from './totp.otpauth.ts';
import {
  changeBody,
  confirmBody,
  recoveryCodesAnswer,
  secondStepBody,
  secretAnswer,
  turnedOnAnswer,
  twoFactorAnswer,
} from './two-factor.schema.ts';
import type { ChangeBody, ConfirmBody, SecondStepBody } from './two-factor.schema.ts';

/** What routes and pages of two-factor login need. */
export interface TwoFactorDeps {
  readonly sessions: Pick<SessionControl, 'begin'>;
  readonly findPrincipal: FindPrincipal;
  readonly logInSecondStep: LogInSecondStep;
  readonly showTwoFactor: ShowTwoFactor;
  readonly beginTwoFactor: BeginTwoFactor;
  readonly confirmTwoFactor: ConfirmTwoFactor;
  readonly turnOffTwoFactor: TurnOffTwoFactor;
  readonly renewRecoveryCodes: RenewRecoveryCodes;
  readonly resetTwoFactor: ResetTwoFactor;
  readonly totp: Pick<Totp, 'uriOf'>;
  readonly hospitalName: LocalizedText;
  readonly t: Translate;
}

const own = guardFor('session.own');

function createSecondStepRoute(deps: TwoFactorDeps): Route {
  return route<SecondStepBody>({
    method: 'post',
    path: '/api/v1/sessions/second-step',
    guard: openToAll,
    side: 'staff',
    summary: 'The second step of a two-factor login: begins the session.',
    body: secondStepBody,
    responses: { 201: sessionAnswer },
    handle: async ({ body, requestId, locale }, response, request) => {
      const address = request.ip ?? null;
      const account = await inLanguage(deps.t, locale, () =>
        deps.logInSecondStep({ ...body, address, requestId }),
      );
      const csrfToken = await deps.sessions.begin(request, response, ownerOf(account));
      const principal = await deps.findPrincipal(ownerOf(account));
      response.status(201).set('Cache-Control', 'no-store').json({ principal, csrfToken });
    },
  });
}

function createChangeRoutes(deps: TwoFactorDeps): readonly Route[] {
  return [
    route<ChangeBody>({
      method: 'post',
      path: '/api/v1/two-factor/turn-off',
      guard: own,
      summary: 'Turns the own two-factor login off; 409 where a role must have it.',
      body: changeBody,
      responses: { 204: null },
      handle: async ({ principal, body, requestId, locale }, response) => {
        const accountId = principal?.accountId ?? '';
        await inLanguage(deps.t, locale, () => deps.turnOffTwoFactor({ ...body, accountId, requestId }));
        response.status(204).end();
      },
    }),
    route<ChangeBody>({
      method: 'post',
      path: '/api/v1/two-factor/recovery-codes',
      guard: own,
      summary: 'New recovery codes in place of the former, shown this once.',
      body: changeBody,
      responses: { 201: recoveryCodesAnswer },
      handle: async ({ principal, body, requestId, locale }, response) => {
        const accountId = principal?.accountId ?? '';
        const recoveryCodes = await inLanguage(deps.t, locale, () =>
          deps.renewRecoveryCodes({ ...body, accountId, requestId }),
        );
        response.status(201).set('Cache-Control', 'no-store').json({ recoveryCodes });
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/accounts/:accountId/reset-two-factor',
      guard: guardFor('account.manage'),
      summary: 'Takes two-factor login off an account whose person has lost app and recovery codes.',
      params: accountParams,
      responses: { 204: null },
      handle: async ({ params, principal, requestId, locale }, response) => {
        const change = { accountId: params['accountId'] ?? '', actor: principal?.accountId ?? '', requestId };
        await inLanguage(deps.t, locale, () => deps.resetTwoFactor(change));
        response.status(204).end();
      },
    }),
  ];
}

/** Two-factor login, as JSON: the second step, the own set-up and changes, the reset by administrators. */
export function createTwoFactorRoutes(deps: TwoFactorDeps): readonly Route[] {
  return [
    createSecondStepRoute(deps),
    route({
      method: 'get',
      path: '/api/v1/two-factor',
      guard: own,
      summary: 'Whether the own two-factor login is on, since when, and how many recovery codes are left.',
      responses: { 200: twoFactorAnswer },
      handle: async ({ principal }, response) => {
        const { pendingSecret: _secret, ...state } = await deps.showTwoFactor(principal?.accountId ?? '');
        response.set('Cache-Control', 'no-store').json(state);
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/two-factor/set-up',
      guard: own,
      summary: 'A secret for the person’s app, to be confirmed within 30 minutes by PUT /api/v1/two-factor.',
      responses: { 201: secretAnswer },
      handle: async ({ principal, locale }, response) => {
        const { secret } = await inLanguage(deps.t, locale, () =>
          deps.beginTwoFactor(principal?.accountId ?? ''),
        );
        const names = { issuer: textIn(deps.hospitalName, locale), account: principal?.username ?? '' };
        const uri = deps.totp.uriOf(secret, names);
        response.status(201).set('Cache-Control', 'no-store').json({ secret, uri });
      },
    }),
    route<ConfirmBody>({
      method: 'put',
      path: '/api/v1/two-factor',
      guard: own,
      summary:
        'Turns it on by password and code; all sessions end and a new one begins. Recovery codes, this once.',
      body: confirmBody,
      responses: { 200: turnedOnAnswer },
      handle: async ({ principal, body, requestId, locale }, response, request) => {
        const accountId = principal?.accountId ?? '';
        const { account, recoveryCodes } = await inLanguage(deps.t, locale, () =>
          deps.confirmTwoFactor({ ...body, accountId, requestId }),
        );
        const csrfToken = await deps.sessions.begin(request, response, ownerOf(account));
        response.set('Cache-Control', 'no-store').json({ recoveryCodes, csrfToken });
      },
    }),
    ...createChangeRoutes(deps),
  ];
}
