import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { CountLateAnswers } from '../survey-responses/survey-response.ts';
import { createListLateAnswers } from './list-late-answers.ts';
import type { ListLateAnswers } from './list-late-answers.ts';
import type { PeriodStore } from './period.store.ts';
import { createRequestRevision } from './request-revision.ts';
import type { ReviseMonth } from './revise-month.ts';
import { createRevisionPages } from './revision.pages.ts';
import type { RevisionPagesDeps } from './revision.pages.ts';
import { createRevisionRoutes } from './revision.routes.ts';
import type { ScorecardStore } from './scorecard.store.ts';

/** What the office's part of a closed month is handed. */
export interface RevisionsDeps extends Omit<RevisionPagesDeps, 'listLateAnswers' | 'requestRevision'> {
  readonly periods: PeriodStore;
  readonly scorecards: ScorecardStore;
  readonly reviseMonth: ReviseMonth;
  readonly lateAnswers: CountLateAnswers;
  readonly recordAuditEvent: RecordAuditEvent;
  /** Plans and sends what a new revision asks for. */
  readonly wake: () => void;
}

/** Late answers and revisions. */
export interface RevisionsSlice {
  readonly listLateAnswers: ListLateAnswers;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds what the office does about a month that is closed. */
export function wireRevisions(deps: RevisionsDeps): RevisionsSlice {
  const listLateAnswers = createListLateAnswers(deps);
  const served = { ...deps, listLateAnswers, requestRevision: createRequestRevision(deps) };
  return {
    listLateAnswers,
    routes: createRevisionRoutes(served),
    pages: createRevisionPages(served),
  };
}
