import type { Request } from 'express';
import type { Connection } from 'mongoose';
import { isDatabaseUnavailable } from '../database/database-error.ts';
import type { RunAnnounced } from '../audit/audited.ts';
import type { Department } from '../departments/department.ts';
import type { FormLimit } from '../http/form-limit.ts';
import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { listHash } from '../shared/content-hash.crypto.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import type { PersonsInAnswers } from '../privacy/erasure.ts';
import type { RetainedKind } from '../privacy/retention.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { FindSurveyDeps } from './find-survey.ts';
import type { Colleague } from '../staff/staff-member.ts';
import type { FindWords } from '../contacts/contact.ts';
import type { KeepContact } from '../contacts/keep-contact.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import { createPosterPage } from './poster.pages.ts';
import type { PosterPageDeps } from './poster.pages.ts';
import { createPrivacyNoticePage } from './privacy-notice.pages.ts';
import { createStoreImportedResponses } from './store-imported-responses.ts';
import type { StoreImportedResponses } from './store-imported-responses.ts';
import { createSubmitSurveyResponse } from './submit-survey-response.ts';
import { createSurveyPages } from './survey-response.pages.ts';
import { createSurveyResponseRoutes } from './survey-response.routes.ts';
import { createAnswerWordsStore } from './answer-words.store.ts';
import { retainedWords } from './retained-words.ts';
import { createPersonsInAnswers } from './persons-in-answers.store.ts';
import { createSurveyResponseStore, defineSurveyResponses } from './survey-response.store.ts';
import type { SurveyResponseStore } from './survey-response.store.ts';
import type { CountLateAnswers, SubmitSurveyResponse, TallyPeriod } from './survey-response.ts';

/** What the slice is handed. */
export interface SurveyResponsesDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly hospitalTime: HospitalTime;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly catalogue: SurveyFormCatalogue;
  /** Who answers for a code on a day, after mergers too. From memory: an answer costs one database operation, its own. */
  readonly findDepartment: (code: string, on?: CalendarDate) => Promise<Department | null>;
  /** Colleagues of a department by name, from memory. */
  readonly listColleagues: (departmentCode: string) => Promise<readonly Colleague[]>;
  readonly keepContact: KeepContact;
  /** Days until a contact is erased: the page says so. */
  readonly contactDays: number;
  /** Days after which what is written in an answer is erased. */
  readonly wordsDays: number;
  readonly notices: PrivacyNotices;
  readonly listDepartments: () => Promise<readonly Department[]>;
  readonly mayEnter: (principal: Principal, departmentCode: string) => boolean;
  readonly csrfValid: (request: Request) => boolean;
  /** How many answers come from pages: ticket, device, address. */
  readonly formLimit: FormLimit;
  /** Whether the home leads staff to their login. */
  readonly showLogIn: boolean;
  readonly announced: RunAnnounced;
  readonly hospitalName: LocalizedText;
  readonly languages: readonly Locale[];
  /** Address patients reach the service at, without a slash at its end. */
  readonly publicBaseUrl: string;
  readonly guard: PosterPageDeps['guard'];
  readonly shell: PosterPageDeps['shell'];
  /** 调查对象 that may answer at a department of each kind; the first is that of an address that names none. */
  readonly groups: FindSurveyDeps['groups'];
  /** Whether the service is in trial operation; from memory, as it is asked for every answer. */
  readonly isTrial: () => boolean;
}

/** Answers: submitting, counting, and the pages patients see. */
export interface SurveyResponsesSlice {
  readonly submitSurveyResponse: SubmitSurveyResponse;
  /** Stores answers of the past that are not there yet. */
  readonly insertMissing: SurveyResponseStore['insertMissing'];
  readonly storeImportedResponses: StoreImportedResponses;
  readonly tallyPeriod: TallyPeriod;
  readonly lateAnswers: CountLateAnswers;
  readonly findBySourceKeys: SurveyResponseStore['findBySourceKeys'];
  readonly findWords: FindWords;
  readonly countConfidential: SurveyResponseStore['countConfidential'];
  readonly listConfidential: SurveyResponseStore['listConfidential'];
  readonly listWritten: SurveyResponseStore['listWritten'];
  readonly findWritten: SurveyResponseStore['findWritten'];
  readonly countPraise: SurveyResponseStore['countPraise'];
  readonly firstPeriodWithData: () => Promise<ReportingPeriod | null>;
  /** What persons wrote. */
  readonly persons: PersonsInAnswers;
  /** How words end in time. */
  readonly retained: RetainedKind;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds the slice. */
export function wireSurveyResponses(deps: SurveyResponsesDeps): SurveyResponsesSlice {
  const model = defineSurveyResponses(deps.connection);
  const responses = createSurveyResponseStore(model);
  const submitSurveyResponse = createSubmitSurveyResponse({ ...deps, responses, listHash });
  const listDepartments = (): Promise<readonly Department[]> => deps.listDepartments();
  const today = (): CalendarDate => deps.hospitalTime.dateOf(deps.clock.now());
  return {
    submitSurveyResponse,
    insertMissing: responses.insertMissing,
    storeImportedResponses: createStoreImportedResponses({ ...deps, responses, listHash }),
    tallyPeriod: responses.tally,
    lateAnswers: responses.lateAnswers,
    findBySourceKeys: responses.findBySourceKeys,
    findWords: responses.findWords,
    countConfidential: responses.countConfidential,
    listConfidential: responses.listConfidential,
    listWritten: responses.listWritten,
    findWritten: responses.findWritten,
    countPraise: responses.countPraise,
    firstPeriodWithData: responses.firstPeriod,
    persons: createPersonsInAnswers(model),
    retained: retainedWords({ ...deps, words: createAnswerWordsStore(model), days: deps.wordsDays }),
    routes: createSurveyResponseRoutes({ ...deps, submitSurveyResponse }),
    pages: [
      ...createSurveyPages({
        ...deps,
        listDepartments,
        submitSurveyResponse,
        isUnavailable: isDatabaseUnavailable,
        today,
      }),
      createPrivacyNoticePage({ ...deps, today }),
      createPosterPage({ ...deps, listDepartments, today }),
    ],
  };
}
