import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { QrCode } from '../shared/qr-code.ts';
import { textIn } from '../shared/localized-text.ts';
import { ownerOf } from './account.ts';
import { accountParams, emptyForm } from './account.schema.ts';
import { errorTextsOf, inLanguage } from './error-texts.ts';
import type { ErrorText } from './error-texts.ts';
import { guardFor } from './guard.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';
import type { TwoFactorDeps } from './two-factor.routes.ts';
import { changeForm, confirmForm } from './two-factor.schema.ts';
import type { ChangeBody, ConfirmBody } from './two-factor.schema.ts';
import { twoFactorModel } from './two-factor.view-model.ts';
import type { TwoFactorShown } from './two-factor.view-model.ts';

/** What the page of two-factor login needs. */
export interface TwoFactorPageDeps extends TwoFactorDeps, StaffPageDeps {
  readonly hospitalTime: Pick<HospitalTime, 'format'>;
  /** A text as a QR code that is drawn in the page itself. */
  readonly qrCode: (text: string) => QrCode;
}

type Asked = Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>;
type Shown = Partial<Omit<TwoFactorShown, 'state' | 'qr'>> & { readonly status?: number };
type Show = (input: Asked, response: Response, shown?: Shown) => Promise<void>;

const own = guardFor('session.own');
const path = '/account/two-factor';

/** The QR code of a secret that waits to be confirmed; null when none waits. */
function qrCodeFor(
  deps: TwoFactorPageDeps,
  secret: string | null,
  { principal, locale }: Asked,
): QrCode | null {
  if (secret === null) return null;
  const names = { issuer: textIn(deps.hospitalName, locale), account: principal?.username ?? '' };
  return deps.qrCode(deps.totp.uriOf(secret, names));
}

function createShow(deps: TwoFactorPageDeps): Show {
  const send = createSendStaffPage(deps);
  return async (input, response, { status = 200, ...shown } = {}) => {
    const { principal, locale } = input;
    const state = await deps.showTwoFactor(principal?.accountId ?? '');
    const qr = qrCodeFor(deps, state.pendingSecret, input);
    const { recoveryCodes = [], notice = '', errors = [] } = shown;
    const mustSetUp = principal?.mustSetUpTwoFactor ?? false;
    const words = { t: deps.t, locale, mustSetUp, formatTime: deps.hospitalTime.format };
    const model = twoFactorModel({ state, qr, recoveryCodes, notice, errors }, words);
    send(input, response, { name: 'accounts/two-factor', path, model, status });
  };
}

/** Does something; where it is refused, the page says why. */
async function orShown(
  show: (shown: { readonly errors: readonly ErrorText[]; readonly status: number }) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const { error, status } = formErrorStatus(cause);
    await show({ errors: errorTextsOf(error), status });
  }
}

function createChangePages(deps: TwoFactorPageDeps, show: Show): readonly Route[] {
  return [
    route<ChangeBody>({
      method: 'post',
      path: `${path}/turn-off`,
      guard: own,
      summary: 'Turns the own two-factor login off.',
      body: changeForm,
      handle: (input, response) =>
        orShown(
          (shown) => show(input, response, shown),
          async () => {
            const { principal, body, requestId, locale } = input;
            const change = { ...body, accountId: principal?.accountId ?? '', requestId };
            await inLanguage(deps.t, locale, () => deps.turnOffTwoFactor(change));
            await show(input, response, { notice: 'off' });
          },
        ),
    }),
    route<ChangeBody>({
      method: 'post',
      path: `${path}/recovery-codes`,
      guard: own,
      summary: 'New recovery codes in place of the former, shown this once.',
      body: changeForm,
      handle: (input, response) =>
        orShown(
          (shown) => show(input, response, shown),
          async () => {
            const { principal, body, requestId, locale } = input;
            const change = { ...body, accountId: principal?.accountId ?? '', requestId };
            const recoveryCodes = await inLanguage(deps.t, locale, () => deps.renewRecoveryCodes(change));
            await show(input, response, { recoveryCodes, notice: 'renewed' });
          },
        ),
    }),
    route({
      method: 'post',
      path: '/admin/accounts/:accountId/reset-two-factor',
      guard: guardFor('account.manage'),
      summary: 'Takes two-factor login off an account whose person has lost app and recovery codes.',
      params: accountParams,
      body: emptyForm,
      handle: async ({ params, principal, requestId, locale }, response) => {
        const accountId = params['accountId'] ?? '';
        const actor = principal?.accountId ?? '';
        await inLanguage(deps.t, locale, () => deps.resetTwoFactor({ accountId, actor, requestId }));
        response.redirect(303, `/admin/accounts/${encodeURIComponent(accountId)}?done=twoFactorReset`);
      },
    }),
  ];
}

/** The own two-factor login: set up, renew, turn off; and the reset by administrators. */
export function createTwoFactorPages(deps: TwoFactorPageDeps): readonly Route[] {
  const show = createShow(deps);
  return [
    route({
      method: 'get',
      path,
      guard: own,
      summary: 'The own two-factor login.',
      handle: (input, response) => show(input, response),
    }),
    route({
      method: 'post',
      path: `${path}/set-up`,
      guard: own,
      summary: 'Makes a secret for the person’s app, shown as a QR code and in words.',
      body: emptyForm,
      handle: (input, response) =>
        orShown(
          (shown) => show(input, response, shown),
          async () => {
            const accountId = input.principal?.accountId ?? '';
            await inLanguage(deps.t, input.locale, () => deps.beginTwoFactor(accountId));
            response.redirect(303, path);
          },
        ),
    }),
    route<ConfirmBody>({
      method: 'post',
      path,
      guard: own,
      summary:
        'Turns it on by password and code; all other sessions end. Shows the recovery codes this once.',
      body: confirmForm,
      handle: (input, response, request) =>
        orShown(
          (shown) => show(input, response, shown),
          async () => {
            const { principal, body, requestId, locale } = input;
            const accountId = principal?.accountId ?? '';
            const { account, recoveryCodes } = await inLanguage(deps.t, locale, () =>
              deps.confirmTwoFactor({ ...body, accountId, requestId }),
            );
            const csrfToken = await deps.sessions.begin(request, response, ownerOf(account));
            const now = await deps.findPrincipal(ownerOf(account));
            await show({ principal: now, locale, csrfToken }, response, { recoveryCodes, notice: 'on' });
          },
        ),
    }),
    ...createChangePages(deps, show),
  ];
}
