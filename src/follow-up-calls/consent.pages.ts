import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Response } from 'express';
import { consentChannels, consentPurposes, consentStates, standingConsent } from '../consents/consent.ts';
import type { ConsentEntry, ConsentPurpose, GivenConsent } from '../consents/consent.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { HeldDischarge, PersonsInCalls } from '../privacy/erasure.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { fieldFaults } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Ids } from '../shared/ids.crypto.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import { askingPrincipal } from './asking-principal.ts';
import { consentForm, consentSearch, toldConsentForm } from './consent.schema.ts';
import type { ConsentForm, ConsentSearch, ToldConsentForm } from './consent.schema.ts';
import type { ConsentRecorder, PersonConsents } from './person-consents.ts';
import { normalizePhone } from './phone-number.ts';

/** What the page needs. */
export interface ConsentPagesDeps {
  readonly guard: (action: string) => Guard;
  readonly personConsents: PersonConsents;
  readonly findPersons: PersonsInCalls['find'];
  readonly recordAuditEvent: RecordAuditEvent;
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
/** The one purpose this service acts by; the others are for what it does not do: nothing stops by them. */
const acted: ConsentPurpose = 'satisfaction-call';
const nothing: ConsentSearch = { admissionNo: '', patientNo: '', phone: '' };

/** The choices of the form, none of them made: what is recorded of a person is never what a list began with. */
function choicesOf(
  { translate }: ConsentPagesDeps,
  locale: Locale,
  given: Shown['given'],
): Readonly<Record<'purposes' | 'states' | 'channels', readonly object[]>> {
  const choices = (group: 'purpose' | 'state' | 'channel', words: readonly string[]): readonly object[] =>
    words.map((value) => ({
      value,
      label: translate(locale, `consents:${group}.${value}`),
      chosen: given?.[group] === value,
    }));
  return {
    purposes: choices('purpose', consentPurposes),
    states: choices('state', consentStates),
    channels: choices(
      'channel',
      consentChannels.filter((one) => one !== 'import'),
    ),
  };
}

/** What somebody said of each purpose. */
function saidModel(deps: ConsentPagesDeps, entries: readonly ConsentEntry[], locale: Locale): object {
  const say = (key: string): string => deps.translate(locale, `consents:${key}`);
  return {
    consentId: deps.ids.newId(),
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

/** One stay and what its person said. */
async function personModel(
  deps: ConsentPagesDeps,
  { id, departmentCode, dischargedOn, maskedName }: HeldDischarge,
  locale: Locale,
): Promise<object> {
  const department = (await deps.departmentNames(locale)).get(departmentCode) ?? departmentCode;
  const said = saidModel(deps, await deps.personConsents.history(id), locale);
  return { ...said, id, maskedName, dischargedOn, department };
}

/** What was typed, what was wrong with it, what was done. */
interface Shown {
  readonly search: ConsentSearch;
  readonly name?: string;
  /** What was chosen and could not be recorded: the form for whoever tells of himself goes on from it. */
  readonly given?: Pick<GivenConsent, 'purpose' | 'state' | 'channel'>;
  readonly fault?: string;
  readonly done?: string;
}

/** Who was looked for, each reading recorded before it is shown; null when no number was given. */
async function findIn(
  deps: ConsentPagesDeps,
  { admissionNo, patientNo, phone }: ConsentSearch,
  input: RouteInput,
): Promise<readonly HeldDischarge[] | null> {
  if (admissionNo + patientNo + phone === '') return null;
  const found = await deps.findPersons({
    admissionNo: admissionNo || undefined,
    patientNo: patientNo || undefined,
    phone: phone === '' ? undefined : (normalizePhone(phone) ?? phone),
  });
  const by = { actor: askingPrincipal(input).accountId, requestId: input.requestId };
  for (const { id } of found)
    await deps.recordAuditEvent({
      ...by,
      action: 'identity.read',
      subject: `discharge/${id}`,
      outcome: 'succeeded',
    });
  return found;
}

async function show(
  deps: ConsentPagesDeps,
  input: RouteInput,
  response: Response,
  shown: Shown,
): Promise<void> {
  const { locale } = input;
  const { search, name = '', fault, done } = shown;
  const { patientNo, phone } = search;
  const found = await findIn(deps, search, input);
  const told = await deps.personConsents.historyGiven({
    name,
    patientNo,
    phone: normalizePhone(phone) ?? '',
  });
  const model = {
    search,
    fault,
    done,
    asked: found !== null,
    persons: await Promise.all((found ?? []).map((one) => personModel(deps, one, locale))),
    told: { ...saidModel(deps, told, locale), name },
    ...choicesOf(deps, locale, shown.given),
    shell: deps.shell(input, path),
    csrfToken: input.csrfToken,
  };
  response
    .status(fault === undefined ? 200 : 422)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage('consents/consents', locale, model));
}

/** Records, and shows the page again: with what is wrong, or that it holds. */
async function recordAndShow(
  deps: ConsentPagesDeps,
  input: RouteInput<ConsentForm | ToldConsentForm>,
  response: Response,
  record: (given: GivenConsent, by: ConsentRecorder) => Promise<void>,
): Promise<void> {
  const { consentId, purpose, state, channel, patientNo, phone } = input.body;
  const shown = {
    search: { patientNo, phone, admissionNo: 'admissionNo' in input.body ? input.body.admissionNo : '' },
    name: 'name' in input.body ? input.body.name : '',
  };
  const noticeVersion = deps.notices.inForce(deps.time.dateOf(deps.clock.now())).version;
  const { requestId } = input;
  const by = { actor: input.principal?.accountId ?? 'anonymous', requestId, causeId: `office\n${consentId}` };
  try {
    await record({ purpose, state, channel, noticeVersion }, by);
    const done = deps.translate(input.locale, purpose === acted ? 'consents:done' : 'consents:doneKept');
    await show(deps, input, response, { ...shown, done });
  } catch (error) {
    const [fault] = fieldFaults(error, deps.translate, input.locale);
    const given = { purpose, state, channel };
    await show(deps, input, response, { ...shown, given, fault: fault?.text ?? '' });
  }
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
      handle: (input, response) => show(deps, input, response, { search: nothing }),
    }),
    route<ConsentSearch>({
      method: 'post',
      path,
      guard,
      summary: 'Shows what whoever the numbers belong to has agreed to and refused.',
      body: consentSearch,
      handle: (input, response) => show(deps, input, response, { search: input.body }),
    }),
    route<ConsentForm>({
      method: 'post',
      path: `${path}/record`,
      guard,
      summary: 'Records what somebody said of one purpose.',
      body: consentForm,
      handle: (input, response) =>
        recordAndShow(deps, input, response, (given, by) =>
          deps.personConsents.record(input.body.dischargeId, given, by),
        ),
    }),
    route<ToldConsentForm>({
      method: 'post',
      path: `${path}/told`,
      guard,
      summary: 'Records what somebody says who tells of himself: no stay need be known.',
      body: toldConsentForm,
      handle: (input, response) =>
        recordAndShow(deps, input, response, (given, by) =>
          deps.personConsents.recordGiven(input.body, given, by),
        ),
    }),
  ];
}
