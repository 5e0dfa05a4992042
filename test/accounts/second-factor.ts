import supertest from 'supertest';
import { codeAt } from './authenticator.ts';
import { admin, adminPassword, bodyOf, post } from './accounts-app.ts';
import type { AccountsApp, LoggedIn } from './accounts-app.ts';

/** Sends something by the API as who is logged in. */
export const send = (
  { agent, csrfToken }: LoggedIn,
  method: 'post' | 'put',
  path: string,
  body?: object,
): supertest.Test => agent[method](path).set('x-csrf-token', csrfToken).send(body);

/** Somebody with two-factor login. */
export interface Phone {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly who: LoggedIn;
}

/** What the app shows now. */
export const codeNow = (secret: string, app: AccountsApp): string => codeAt(secret, app.now());

/** Sets two-factor login up, then lets the next 30 seconds begin: the code of the set-up is used. */
export async function setUp(who: LoggedIn, app: AccountsApp): Promise<Phone> {
  const begun = await send(who, 'post', '/api/v1/two-factor/set-up').expect(201);
  const { secret } = bodyOf(begun) as { secret: string };
  const body = { password: adminPassword, code: codeNow(secret, app) };
  const on = await send(who, 'put', '/api/v1/two-factor', body).expect(200);
  const { recoveryCodes, csrfToken } = bodyOf(on) as { recoveryCodes: string[]; csrfToken: string };
  app.advance(30_000);
  return { secret, recoveryCodes, who: { ...who, csrfToken } };
}

/** The first step, by the password. */
export async function firstStep(app: AccountsApp): Promise<string> {
  const first = await post(supertest(app.app), admin).expect(202);
  return (bodyOf(first) as { pendingLogin: string }).pendingLogin;
}

/** The second step, by the API. */
export const secondStep = (body: object, app: AccountsApp): supertest.Test =>
  supertest(app.app).post('/api/v1/sessions/second-step').send(body);
