import type { Response } from 'express';
import { consentChannels, consentPurposes, consentStates, standingConsent } from '../consents/consent.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { HeldDischarge, PersonsInCalls } from '../privacy/erasure.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Ids } from '../shared/ids.crypto.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import { consentForm, consentSearch } from './consent.schema.ts';
import type { ConsentForm, ConsentSearch } from './consent.schema.ts';
import type { PersonConsents } from './person-consents.ts';
import { normalizePhone } from './phone-number.ts';

/** What the page needs. */
export interface ConsentPagesDeps {
  readonly guard: (action: string) => Guard;
  readonly personConsents: PersonConsents;
  readonly findPersons: PersonsInCalls['find'];
  readonly notices: Pick<PrivacyNotices, 'inForce'>;
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly translate: Translate;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

const path = '/office/consents';
const nothing: ConsentSearch = { admissionNo: '', patientNo: '', phone: '' };

function choicesOf(
  words: readonly string[],
  group: string,
  { translate }: ConsentPagesDeps,
  locale: Locale,
): readonly object[] {
  return words.map((value) => ({ value, label: translate(locale, `consents:${group}.${value}`) }));
}

/** One stay and what its person said of each purpose. */
async function personModel(
  deps: ConsentPagesDeps,
  { id, departmentCode, dischargedOn, maskedName }: HeldDischarge,
  locale: Locale,
): Promise<object> {
  const entries = await deps.personConsents.history(id);
  const say = (key: string): string => deps.translate(locale, `consents:${key}`);
  return {
    id,
    consentId: deps.ids.newId(),
    maskedName,
    dischargedOn,
    department: (await deps.departmentNames(locale)).get(departmentCode) ?? departmentCode,
    standing: consentPurposes.map((purpose) => {
      const state = standingConsent(entries, purpose) ?? 'nothing';
      return { purpose: say(`purpose.${purpose}`), state: say(`state.${state}`) };
    }),
    history: entries.map(({ purpose, state, channel, at }) => ({
      at: deps.time.format(at),
      text: `${say(`purpose.${purpose}`)} · ${say(`state.${state}`)} · ${say(`channel.${channel}`)}`,
    })),
  };
}

async function show(
  deps: ConsentPagesDeps,
  input: RouteInput,
  response: Response,
  { search, done }: { readonly search: ConsentSearch; readonly done: boolean },
): Promise<void> {
  const { locale } = input;
  const { admissionNo, patientNo, phone } = search;
  const asked = admissionNo !== '' || patientNo !== '' || phone !== '';
  const found = asked
    ? await deps.findPersons({
        admissionNo: admissionNo || undefined,
        patientNo: patientNo || undefined,
        phone: phone === '' ? undefined : (normalizePhone(phone) ?? phone),
      })
    : [];
  const model = {
    search,
    done,
    asked,
    persons: await Promise.all(found.map((one) => personModel(deps, one, locale))),
    purposes: choicesOf(consentPurposes, 'purpose', deps, locale),
    states: choicesOf(consentStates, 'state', deps, locale),
    channels: choicesOf(
      consentChannels.filter((one) => one !== 'import'),
      'channel',
      deps,
      locale,
    ),
    shell: deps.shell(input, path),
    csrfToken: input.csrfToken,
  };
  response
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage('consents/consents', locale, model));
}

/** The page on which the office records what somebody says on the telephone or at the counter: as easy to take back as to give. */
export function createConsentPages(deps: ConsentPagesDeps): readonly Route[] {
  const guard = deps.guard('consent.manage');
  return [
    route({
      method: 'get',
      path,
      guard,
      summary: 'Search for somebody who agrees to something, refuses it or takes it back.',
      handle: (input, response) => show(deps, input, response, { search: nothing, done: false }),
    }),
    route<ConsentSearch>({
      method: 'post',
      path,
      guard,
      summary: 'Shows what whoever the numbers belong to has agreed to and refused.',
      body: consentSearch,
      handle: (input, response) => show(deps, input, response, { search: input.body, done: false }),
    }),
    route<ConsentForm>({
      method: 'post',
      path: `${path}/record`,
      guard,
      summary: 'Records what somebody said of one purpose.',
      body: consentForm,
      handle: async (input, response) => {
        const { consentId, dischargeId, purpose, state, channel } = input.body;
        const noticeVersion = deps.notices.inForce(deps.time.dateOf(deps.clock.now())).version;
        await deps.personConsents.record(
          dischargeId,
          { purpose, state, channel, noticeVersion },
          {
            actor: input.principal?.accountId ?? 'anonymous',
            requestId: input.requestId,
            causeId: `office\n${consentId}`,
          },
        );
        await show(deps, input, response, { search: input.body, done: true });
      },
    }),
  ];
}
