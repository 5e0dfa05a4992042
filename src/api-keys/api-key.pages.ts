import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { validate } from '../http/validate.ts';
import { fieldFaults } from '../shared/form-field.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { KeyLifetime } from './api-key.ts';
import { keyActorOf, listed } from './api-key.routes.ts';
import type { ApiKeyRoutesDeps } from './api-key.routes.ts';
import { apiKeyBody, apiKeyForm, apiKeyParams, emptyKeyForm } from './api-key.schema.ts';
import type { ApiKeyBody, ApiKeyForm } from './api-key.schema.ts';
import { apiKeysModel } from './api-key.view-model.ts';
import type { ApiKeysPageState } from './api-key.view-model.ts';
import type { CreatedApiKey } from './create-api-key.ts';

/** What the page needs from outside. */
export interface ApiKeyPagesDeps extends ApiKeyRoutesDeps {
  readonly translate: Translate;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf' | 'format'>;
  readonly lifetime: KeyLifetime;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
}

const path = '/admin/api-keys';
type Shown = Partial<Omit<ApiKeysPageState, 'keys'>> & { readonly status?: number };
type Show = (input: RouteInput, response: Response, shown?: Shown) => Promise<void>;

function createShow(deps: ApiKeyPagesDeps): Show {
  return async (input, response, { status = 200, fields = null, faults = [], created = null } = {}) => {
    const { translate: t, clock, hospitalTime, lifetime } = deps;
    const state = { keys: await deps.keys.list(listed), fields, faults, created };
    const model = apiKeysModel(state, { t, locale: input.locale, now: clock.now(), hospitalTime, lifetime });
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(deps.renderPage('api-keys/api-keys', input.locale, { ...model, shell: deps.shell(input, path) }));
  };
}

/** Makes the key the form asks for. Throws `validation_failed` and what the use case throws. */
function createFrom(deps: ApiKeyPagesDeps, input: RouteInput<ApiKeyForm>): Promise<CreatedApiKey> {
  const { name, scopes, expiresOn } = input.body;
  const asked = { name, scopes, ...(expiresOn === '' ? {} : { expiresOn }) };
  const { locale } = input;
  const body = validate(apiKeyBody, asked, { locale, translate: deps.translate }) as ApiKeyBody;
  return deps.createApiKey(body, keyActorOf(input));
}

/** The page of API keys for administrators: list, make one and see it once, replace, revoke. */
export function createApiKeyPages(deps: ApiKeyPagesDeps): readonly Route[] {
  const guard = deps.guard('api-key.manage');
  const show = createShow(deps);
  return [
    route({
      method: 'get',
      path,
      guard,
      summary: 'All API keys, and the form that makes one.',
      handle: (input, response) => show(input, response),
    }),
    route<ApiKeyForm>({
      method: 'post',
      path,
      guard,
      summary: 'Makes an API key and shows it this once.',
      body: apiKeyForm,
      handle: async (input, response) => {
        try {
          const { key, token } = await createFrom(deps, input);
          await show(input, response, { status: 201, created: { name: key.name, token, replaces: false } });
        } catch (error) {
          const faults = fieldFaults(error, deps.translate, input.locale);
          await show(input, response, { status: 422, fields: input.body, faults });
        }
      },
    }),
    route({
      method: 'post',
      path: `${path}/:keyId/replace`,
      guard,
      summary: 'Makes a key in place of another, which goes on for some days, and shows it this once.',
      params: apiKeyParams,
      body: emptyKeyForm,
      handle: async (input, response) => {
        const { key, token } = await deps.replaceApiKey(input.params['keyId'] ?? '', keyActorOf(input));
        await show(input, response, { status: 201, created: { name: key.name, token, replaces: true } });
      },
    }),
    route({
      method: 'post',
      path: `${path}/:keyId/revoke`,
      guard,
      summary: 'Revokes an API key at once and for good.',
      params: apiKeyParams,
      body: emptyKeyForm,
      handle: async (input, response) => {
        await deps.revokeApiKey(input.params['keyId'] ?? '', keyActorOf(input));
        response.redirect(303, path);
      },
    }),
  ];
}
