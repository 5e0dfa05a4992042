import { faultSentences } from '../shared/form-field.ts';
import type { FieldFault, FormField } from '../shared/form-field.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addDays } from '../shared/reporting-period.ts';
import { stateOf, works } from './api-key.ts';
import type { ApiKey, KeyLifetime } from './api-key.ts';
import { overlapDays } from './replace-api-key.ts';
import { isScope, scopes } from './scope.ts';
import type { Scope } from './scope.ts';

/** What was typed into the form of a new key. */
export interface ApiKeyFields {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresOn: string;
}

/** What the page shows. */
export interface ApiKeysPageState {
  readonly keys: readonly ApiKey[];
  /** Null: a form nothing has been written in. */
  readonly fields: ApiKeyFields | null;
  readonly faults: readonly FieldFault[];
  /** A key just made, shown this once; `replaces`: beside an old one that goes on for some days. */
  readonly created: { readonly name: string; readonly token: string; readonly replaces: boolean } | null;
}

/** What the page's words and days depend on. */
export interface ApiKeysPageContext {
  readonly t: Translate;
  readonly locale: Locale;
  readonly now: Date;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf' | 'format'>;
  readonly lifetime: KeyLifetime;
}

const wordsOf = (scope: Scope): string => `api-keys:scope.${scope.replace(':', '-')}`;

function keyModel(key: ApiKey, { t, locale, now, hospitalTime }: ApiKeysPageContext): object {
  const state = stateOf(key, now);
  const { name } = key;
  return {
    id: key.id,
    name,
    mark: `psat_${key.id}_…`,
    scopes: key.scopes.map((scope) => (isScope(scope) ? t(locale, wordsOf(scope)) : scope)),
    state: t(locale, `api-keys:state.${state}`),
    over: !works(state),
    ending: state === 'ending',
    expiresOn: key.expiresOn,
    made: t(locale, 'api-keys:made', { at: hospitalTime.dateOf(key.createdAt), by: key.createdByName }),
    lastUse:
      key.lastUsedAt === null
        ? t(locale, 'api-keys:neverUsed')
        : t(locale, 'api-keys:usedFrom', {
            at: hospitalTime.format(key.lastUsedAt),
            address: key.lastUsedFrom ?? '',
          }),
    revokeLabel: t(locale, 'api-keys:revokeOf', { name }),
    replaceLabel: t(locale, 'api-keys:replaceOf', { name }),
  };
}

function fieldsModel(
  state: ApiKeysPageState,
  { t, locale, ...context }: ApiKeysPageContext,
): readonly FormField[] {
  const { defaultDays, maxDays } = context.lifetime;
  const today = context.hospitalTime.dateOf(context.now);
  const { name = '', expiresOn = addDays(today, defaultDays) } = state.fields ?? {};
  const fieldOf = (id: 'name' | 'expiresOn', type: 'text' | 'date', value: string): FormField => ({
    id,
    label: t(locale, `api-keys:field.${id}`),
    hint: t(locale, `api-keys:hint.${id}`, { latest: addDays(today, maxDays) }),
    type,
    value,
    maxLength: 100,
    required: true,
    fault: state.faults.find(({ field }) => field === id)?.text ?? null,
    groups: null,
  });
  return [fieldOf('name', 'text', name), fieldOf('expiresOn', 'date', expiresOn)];
}

/** The keys of the hospital, the form that makes one, and the key just made. */
export function apiKeysModel(state: ApiKeysPageState, context: ApiKeysPageContext): object {
  const { t, locale } = context;
  const [name, expiresOn] = fieldsModel(state, context);
  const labels: Readonly<Record<string, string>> = {
    name: t(locale, 'api-keys:field.name'),
    scopes: t(locale, 'api-keys:field.scopes'),
    expiresOn: t(locale, 'api-keys:field.expiresOn'),
  };
  return {
    errors: faultSentences(state.faults, (field) => labels[field.split('/')[0] ?? ''] ?? null, context),
    created: state.created && {
      title: t(locale, 'api-keys:created', { name: state.created.name }),
      token: state.created.token,
      overlap: state.created.replaces ? t(locale, 'api-keys:overlap', { days: overlapDays }) : null,
    },
    keys: state.keys.map((key) => keyModel(key, context)),
    name,
    expiresOn,
    scopesFault: state.faults.find(({ field }) => field.startsWith('scopes'))?.text ?? null,
    scopes: scopes.map((scope) => ({
      value: scope,
      label: t(locale, wordsOf(scope)),
      checked: state.fields?.scopes.includes(scope) ?? false,
    })),
    replaceText: t(locale, 'api-keys:replaceText', { days: overlapDays }),
  };
}
