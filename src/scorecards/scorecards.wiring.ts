import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { keepFresh } from '../shared/keep-fresh.ts';
import type { KeptFresh } from '../shared/keep-fresh.ts';
import type { Logger } from '../shared/logger.ts';
import type { Templates } from '../shared/templates.handlebars.ts';
import { createCloseMonth } from './close-month.ts';
import type { CloseMonth, CloseMonthDeps } from './close-month.ts';
import { createReadClosedMonths } from './closed-months.ts';
import { createProvisionalCounts } from './count-provisional.ts';
import { createDescribeRevision } from './describe-revision.ts';
import { createFindPeriodScorecard } from './find-period-scorecard.ts';
import { createFindScorecard } from './find-scorecard.ts';
import type { FindScorecard } from './find-scorecard.ts';
import { createListPeriodScorecards } from './list-period-scorecards.ts';
import { createListScorecards } from './list-scorecards.ts';
import { createPeriodStore } from './period.store.ts';
import type { PeriodStore } from './period.store.ts';
import { createRenderScorecardMail } from './render-scorecard-mail.ts';
import { createRequestClosing } from './request-closing.ts';
import type { RequestClosing } from './request-closing.ts';
import { createReviseMonth } from './revise-month.ts';
import type { ReviseMonth } from './revise-month.ts';
import { createRollingSum } from './rolling-sum.ts';
import { createScorecardPages } from './scorecard.pages.ts';
import type { ScorecardPagesDeps } from './scorecard.pages.ts';
import { createScorecardRoutes } from './scorecard.routes.ts';
import type { ScorecardUseCases } from './scorecard.routes.ts';
import { createScorecardStore } from './scorecard.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { RenderScorecardMail } from './send-delivery.ts';

/** What the scorecards need from outside. */
export interface ScorecardsDeps
  extends
    Omit<CloseMonthDeps, 'periods' | 'scorecards'>,
    Omit<ScorecardPagesDeps, 'periods' | keyof ScorecardUseCases> {
  readonly connection: Connection;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly renderMail: Templates['mail'];
  /** Address staff reach the service at, without a slash at its end. */
  readonly staffBaseUrl: string;
  readonly log: Logger;
}

/** How often it is looked whether a 快报 is due: a tenth of the time that it stands. */
const renewMs = 60_000;

/** The scorecards slice, without the ledger of deliveries. */
export interface ScorecardsSlice {
  readonly closeMonth: CloseMonth;
  /** Closes a month for somebody, audited. */
  readonly requestClosing: RequestClosing;
  readonly reviseMonth: ReviseMonth;
  /** Closes a month as it would have been closed by this clock: for months that ended before the service began. */
  readonly closeMonthBy: (clock: Clock) => CloseMonth['close'];
  readonly periods: PeriodStore;
  readonly scorecards: ScorecardStore;
  readonly findScorecard: FindScorecard;
  readonly renderScorecardMail: RenderScorecardMail;
  /** Counts the open months for their 快报 before somebody asks. */
  readonly freshProvisional: KeptFresh;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds the scorecards: from a month's counts to the frozen snapshot, and from there to page, API and mail. */
export function wireScorecards(deps: ScorecardsDeps): ScorecardsSlice {
  const periods = createPeriodStore(deps.connection);
  const scorecards = createScorecardStore(deps.connection);
  const describeRevision = createDescribeRevision({ periods, scorecards });
  const readClosedMonths = createReadClosedMonths({ periods, scorecards });
  const rollingSum = createRollingSum({ ...deps, readClosedMonths });
  const stored = { ...deps, periods, scorecards, describeRevision, rollingSum };
  const closeMonth = createCloseMonth(stored);
  const provisional = createProvisionalCounts(stored);
  const countProvisional = provisional.count;
  const findScorecard = createFindScorecard({ ...stored, countProvisional });
  const listScorecards = createListScorecards({ ...stored, countProvisional });
  const requestClosing = createRequestClosing({ ...stored, closeMonth });
  const served = {
    ...deps,
    periods,
    listScorecards,
    findScorecard,
    requestClosing,
    findPeriodScorecard: createFindPeriodScorecard({ ...deps, readClosedMonths }),
    listPeriodScorecards: createListPeriodScorecards(stored),
  };
  return {
    closeMonth,
    requestClosing,
    reviseMonth: createReviseMonth(stored),
    closeMonthBy: (clock) => createCloseMonth({ ...stored, clock }).close,
    periods,
    scorecards,
    findScorecard,
    renderScorecardMail: createRenderScorecardMail(stored),
    freshProvisional: keepFresh({
      reload: provisional.renew,
      everyMs: renewMs,
      onError: () => deps.log.debug({}, 'a provisional scorecard could not be counted'),
    }),
    routes: createScorecardRoutes(served),
    pages: createScorecardPages(served),
  };
}
