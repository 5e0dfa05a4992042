import type { Response } from 'express';
import type { Route, RouteInput } from '../http/route.ts';
import { route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { isLongPeriod } from '../shared/long-period.ts';
import { isReportingPeriod, parseReportingPeriod, periodOf } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { periodListView } from './period-list.view-model.ts';
import type { PeriodStore } from './period.store.ts';
import { listedMonths, scorecardListView } from './scorecard-list.view-model.ts';
import type { ListedMonth, ScorecardListView } from './scorecard-list.view-model.ts';
import { hasPlaceForWords, heardByGroup, releasedWordsView } from './released-words.view-model.ts';
import type { ReleasedWordsView } from './released-words.view-model.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';
import { mayShowPraise, praiseLines } from './praise.view-model.ts';
import type { ListPraise } from './praise.view-model.ts';
import { findAnyScorecard, mayReadOf } from './scorecard.routes.ts';
import type { ScorecardQuery, ScorecardRoutesDeps } from './scorecard.routes.ts';
import { closeForm, scorecardListQuery, scorecardQuery } from './scorecard.schema.ts';
import { buildScorecardView } from './scorecard.view-model.ts';

/** What the scorecard pages need. */
export interface ScorecardPagesDeps extends ScorecardRoutesDeps {
  readonly periods: Pick<PeriodStore, 'list'>;
  readonly listPraise: ListPraise;
  readonly closingMoment: (period: ReportingPeriod) => Date;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly hospitalName: LocalizedText;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

interface ListQuery {
  readonly period?: string;
  readonly closed?: string;
}

const listedAtMost = 36;

async function monthsOf(deps: ScorecardPagesDeps): Promise<readonly ListedMonth[]> {
  const records = await deps.periods.list(listedAtMost);
  const current = periodOf(deps.hospitalTime.dateOf(deps.clock.now()));
  return listedMonths(
    current,
    records.map(({ period }) => period),
  );
}

// Without a month asked for: the newest closed one, else the present.
function chosenMonth({ period }: ListQuery, months: readonly ListedMonth[]): ReportingPeriod {
  if (period !== undefined) return parseReportingPeriod(period);
  return (months.find(({ closed }) => closed) ?? months[0])?.period ?? '';
}

async function listView(
  deps: ScorecardPagesDeps,
  input: RouteInput<unknown, ListQuery>,
): Promise<ScorecardListView> {
  const months = await monthsOf(deps);
  const period = chosenMonth(input.query, months);
  const month = await deps.listScorecards(period, mayReadOf(deps, input));
  return scorecardListView(month, {
    locale: input.locale,
    t: deps.translate,
    formatTime: deps.hospitalTime.format,
    months,
    mayClose: deps.guard('scorecard.close').decide(input.principal, input.params) === 'allowed',
    mayReadLate: deps.guard('late-answer.read').decide(input.principal, input.params) === 'allowed',
    closingMoment: deps.closingMoment(period),
    now: deps.clock.now(),
    justClosed: input.query.closed === period,
  });
}

async function periodListPage(deps: ScorecardPagesDeps, input: RouteInput, period: string): Promise<string> {
  const list = await deps.listPeriodScorecards(period, mayReadOf(deps, input));
  const records = await deps.periods.list(listedAtMost);
  const closed = records.map((record) => record.period);
  const view = periodListView(list, closed, { locale: input.locale, t: deps.translate });
  const shell = deps.shell(input, `/scorecards?period=${period}`);
  return deps.renderPage('scorecards/period-list', input.locale, { view, shell });
}

function sendPage(response: Response, html: string): void {
  response.set('Cache-Control', 'private, no-cache').type('html').send(html);
}

/** Read live, for words can be withdrawn and erased: they are in no frozen scorecard. */
async function wordsOf(
  { readReleasedComments, translate: t }: ScorecardPagesDeps,
  card: PresentedScorecard,
  locale: Locale,
): Promise<ReleasedWordsView | null> {
  if (!hasPlaceForWords(card)) return null;
  const released = await readReleasedComments(card.period, card.departmentCode, heardByGroup(card));
  return releasedWordsView(released, { locale, t, digits: 0 });
}

async function scorecardHtml(
  deps: ScorecardPagesDeps,
  input: RouteInput<unknown, ScorecardQuery>,
): Promise<string> {
  const { period = '', departmentCode = '' } = input.params;
  const { revision } = input.query;
  const { card, ...found } = await findAnyScorecard(deps, period, departmentCode, revision);
  const url = `/scorecards/${card.period}/${encodeURIComponent(card.departmentCode)}`;
  const view = buildScorecardView(card, {
    locale: input.locale,
    t: deps.translate,
    hospitalName: deps.hospitalName,
    formatTime: deps.hospitalTime.format,
    ...found,
    url,
  });
  const path = revision === undefined ? url : `${url}?revision=${revision}`;
  const praised =
    card.sum === undefined && mayShowPraise(card)
      ? await deps.listPraise(card.period, card.departmentCode, card.cutoffAt)
      : [];
  const praise = praiseLines(praised, { locale: input.locale, t: deps.translate, digits: 0 });
  const model = {
    view,
    praise,
    words: await wordsOf(deps, card, input.locale),
    shell: deps.shell(input, path),
    listHref: `/scorecards?period=${card.period}`,
  };
  return deps.renderPage('scorecards/scorecard', input.locale, model);
}

/** The pages: a month's list, one scorecard, and the office's button that closes a month. */
export function createScorecardPages(deps: ScorecardPagesDeps): readonly Route[] {
  return [
    route<unknown, ListQuery>({
      method: 'get',
      path: '/scorecards',
      guard: deps.guard('scorecard.read'),
      summary: 'The scorecards of one month that the person may see, with all months to choose from.',
      query: scorecardListQuery,
      handle: async (input, response) => {
        const { period } = input.query;
        if (period !== undefined && isLongPeriod(period)) {
          return sendPage(response, await periodListPage(deps, input, period));
        }
        const view = await listView(deps, input);
        const path =
          period !== undefined && isReportingPeriod(period) ? `/scorecards?period=${period}` : '/scorecards';
        const model = { view, shell: deps.shell(input, path), csrfToken: input.csrfToken };
        sendPage(response, deps.renderPage('scorecards/scorecards', input.locale, model));
      },
    }),
    route<unknown, ScorecardQuery>({
      method: 'get',
      path: '/scorecards/:period/:departmentCode',
      guard: deps.guard('scorecard.read', 'departmentCode'),
      summary: 'One scorecard as a page that prints on A4; the 快报 while the month is open.',
      query: scorecardQuery,
      handle: async (input, response) => {
        sendPage(response, await scorecardHtml(deps, input));
      },
    }),
    route({
      method: 'post',
      path: '/scorecards/:period/close',
      guard: deps.guard('scorecard.close'),
      summary: 'Closes a month, then shows its list.',
      body: closeForm,
      handle: async (input, response) => {
        const by = { accountId: input.principal?.accountId ?? 'anonymous', requestId: input.requestId };
        const { record } = await deps.requestClosing(input.params['period'] ?? '', by);
        response.redirect(303, `/scorecards?period=${record.period}&closed=${record.period}`);
      },
    }),
  ];
}
