import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Job } from '../jobs/job.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import type { SealedRecords } from '../privacy/sealed-records.ts';
import type { SourceKeys } from '../privacy/source-key.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Ids } from '../shared/ids.crypto.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Colleague } from '../staff/staff-member.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { SubmitSurveyResponse } from '../survey-responses/survey-response.ts';
import { createCallClosingStore } from './call-closing.store.ts';
import { createCallOpeningStore } from './call-opening.store.ts';
import type { CallRules } from './call-rules.ts';
import { createClaimCall } from './claim-call.ts';
import { createClinicalFollowUpStore } from './clinical-follow-up.store.ts';
import type { ConsentStore } from '../consents/consent.store.ts';
import { createConsentPages } from './consent.pages.ts';
import type { ConsentPagesDeps } from './consent.pages.ts';
import { createConsentRoutes } from './consent.routes.ts';
import { createDischargeRoutes } from './discharge.routes.ts';
import { readDischargeRow } from './discharge.schema.ts';
import { createDischargeStore, defineDischarges } from './discharge.store.ts';
import type { DischargeStore } from './discharge.store.ts';
import { createSealedDischarges } from './sealed-discharges.store.ts';
import { createSealedNotes } from './sealed-notes.store.ts';
import { defineFollowUpCalls } from './follow-up-call-collection.store.ts';
import { createFollowUpCallRoutes } from './follow-up-call.routes.ts';
import { createFollowUpCallStore } from './follow-up-call.store.ts';
import type { TallyCalls } from './follow-up-call.ts';
import { createKeepClaim } from './keep-claim.ts';
import { createListDueCalls } from './list-due-calls.ts';
import { createLogAttempt } from './log-attempt.ts';
import { createOpenCallSheet } from './open-call-sheet.ts';
import { wirePersons } from './persons.wiring.ts';
import type { PersonsOfCalls } from './persons.wiring.ts';
import type { CallRetention } from './retained-in-calls.ts';
import { createReconcileInterviewsJob } from './reconcile-interviews.job.ts';
import { createReconcileInterviews } from './reconcile-interviews.ts';
import type { FindBySourceKeys, ReconcileResult } from './reconcile-interviews.ts';
import { createRegisterDischarges } from './register-discharges.ts';
import type { RegisterDischarges } from './register-discharges.ts';
import { createRecordFollowUps } from './record-follow-ups.ts';
import { wireRedFlags } from './red-flags.wiring.ts';
import { createReleaseCall } from './release-call.ts';
import { createSettleDischarges } from './settle-discharges.ts';
import { createShowCall } from './show-call.ts';
import { createStoreDischarges } from './store-discharges.ts';
import type { StoreDischarges } from './store-discharges.ts';
import { createStorePastCalls } from './store-past-calls.ts';
import type { StorePastCalls } from './store-past-calls.ts';
import { createSubmitInterview } from './submit-interview.ts';
import { createTallyCalls } from './tally-calls.ts';
import { createWorklistPages } from './worklist.pages.ts';

/** What the slice is handed. `keys` are what the privacy slice builds. */
export interface FollowUpCallsDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hospitalTime: HospitalTime;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly guard: (action: string) => Guard;
  readonly mayWork: (principal: Principal, departmentCode: string) => boolean;
  readonly visibleDepartments: (principal: Principal) => 'all' | readonly string[];
  /** Departments whose red flags a person looks after. */
  readonly redFlagDepartments: (principal: Principal) => 'all' | readonly string[];
  /** Whether a person may take on red flags of a department. */
  readonly mayHandleRedFlag: (principal: Principal, departmentCode: string) => boolean;
  /** Account id → display name. */
  readonly peopleNames: () => Promise<ReadonlyMap<string, string>>;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly submitSurveyResponse: SubmitSurveyResponse;
  readonly findBySourceKeys: FindBySourceKeys;
  readonly catalogue: Pick<SurveyFormCatalogue, 'find' | 'inForce'>;
  readonly notices: PrivacyNotices;
  readonly consents: ConsentStore;
  readonly hospitalName: LocalizedText;
  /** The department that answers for a code on a day, after mergers too; null when it is unknown or was not open. */
  readonly departmentInCharge: (code: string, on: CalendarDate) => Promise<string | null>;
  readonly listColleagues: (departmentCode: string) => Promise<readonly Colleague[]>;
  /** Department code → name in a language, for those one may be shown. */
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly keys: {
    readonly encryption: FieldEncryption;
    readonly blindIndex: BlindIndex;
    readonly sourceKeys: SourceKeys;
  };
  readonly rules: CallRules;
  readonly retention: CallRetention;
  /** Days on which nobody is called: 除夕 to 初二; left out: none. */
  readonly isQuietDay?: (date: CalendarDate) => boolean;
  /** Whether the service is in trial operation; from memory. */
  readonly isTrial: () => boolean;
  /** 调查对象 whose form is asked by phone. Default `discharged`. */
  readonly patientGroup?: string;
  /** Cron of the reconciler. Default hourly at minute 17. */
  readonly reconcileSchedule?: string;
}

/** The slice: discharges, follow-up calls and their pages. */
export interface FollowUpCallsSlice {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
  readonly tallyCalls: TallyCalls;
  /** The first month with a discharge that counts, or null. */
  readonly firstPeriod: DischargeStore['firstPeriod'];
  readonly registerDischarges: RegisterDischarges;
  /** The same for a part of a file: without audit, and dry when wished. */
  readonly storeDischarges: StoreDischarges;
  readonly storePastCalls: StorePastCalls;
  readonly reconcile: () => Promise<ReconcileResult>;
  /** Who is called, and what is held of them. */
  readonly persons: PersonsOfCalls;
  /** Collections with encrypted fields. */
  readonly sealed: readonly SealedRecords[];
}

/** The office's side of consents. */
function consentSurface(deps: ConsentPagesDeps): Pick<FollowUpCallsSlice, 'routes' | 'pages'> {
  return { routes: createConsentRoutes(deps), pages: createConsentPages(deps) };
}

/** Builds the slice. */
export function wireFollowUpCalls(given: FollowUpCallsDeps): FollowUpCallsSlice {
  const { connection, hospitalTime: time, patientGroup = 'discharged' } = given;
  const { encryption, blindIndex, sourceKeys } = given.keys;
  const collection = defineFollowUpCalls(connection);
  const calls = createFollowUpCallStore(collection);
  const closing = createCallClosingStore(collection);
  const dischargeCollection = defineDischarges(connection);
  const discharges = createDischargeStore(dischargeCollection);
  const own = { time, patientGroup, encryption, blindIndex, sourceKeys, calls, closing, discharges };
  const deps = { ...given, ...given.ids, ...own };

  const openings = createCallOpeningStore(collection);
  const collections = { calls: collection, discharges: dischargeCollection };
  const persons = wirePersons({ ...deps, collections });
  const { silencing, silencePersons, personConsents, erasedAmong } = persons;
  const { among: silenced, followDeaths } = silencePersons;
  const asked = { silenced, followDeaths, forbidding: personConsents.forbidding };
  const settle = createSettleDischarges({ ...deps, openings, silencing, ...asked });
  const followUps = createClinicalFollowUpStore(collection);
  const recordFollowUps = createRecordFollowUps({ ...deps, followUps });
  const storeDischarges = createStoreDischarges({
    ...deps,
    keys: { encryption, blindIndex },
    readRow: readDischargeRow,
    erasedAmong,
    settle,
    recordFollowUps,
  });
  const registerDischarges = createRegisterDischarges({ ...deps, storeDischarges });
  const reconcile = createReconcileInterviews({ ...deps, settle, silencePersons, personConsents });
  const told = { foundDeceased: silencePersons.foundDeceased, personConsents };
  const work = {
    listDueCalls: createListDueCalls(deps),
    claimCall: createClaimCall(deps),
    keepClaim: createKeepClaim(deps),
    releaseCall: createReleaseCall(deps),
    logAttempt: createLogAttempt({ ...deps, ...told, submitInterview: createSubmitInterview(deps) }),
    showCall: createShowCall({ ...deps, openCallSheet: createOpenCallSheet(deps) }),
  };
  const redFlags = wireRedFlags(collection, { ...deps, silenced });
  const consents = consentSurface({ ...deps, personConsents, findPersons: persons.personsInCalls.find });
  return {
    routes: [
      ...redFlags.routes,
      ...createDischargeRoutes({ ...deps, registerDischarges }),
      ...createFollowUpCallRoutes({ ...deps, ...work }),
      ...consents.routes,
    ],
    pages: [...redFlags.pages, ...createWorklistPages({ ...deps, ...work }), ...consents.pages],
    jobs: [createReconcileInterviewsJob({ schedule: given.reconcileSchedule ?? '17 * * * *', reconcile })],
    tallyCalls: createTallyCalls({ ...deps, calls: closing }),
    firstPeriod: discharges.firstPeriod,
    registerDischarges,
    storeDischarges,
    storePastCalls: createStorePastCalls({ discharges, openings }),
    reconcile,
    persons,
    sealed: [createSealedDischarges(dischargeCollection), createSealedNotes(collection)],
  };
}
