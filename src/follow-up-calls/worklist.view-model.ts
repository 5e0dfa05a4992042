import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { CallRules } from './call-rules.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import { followUpCallView, knowsEnd } from './follow-up-call.view-model.ts';
import type { CallListState } from './follow-up-call.store.ts';
import type { CallListRequest, CallPage } from './list-due-calls.ts';
import { dayPartOf } from './next-attempt.ts';

/** What the words of the pages depend on. */
export interface WordsDeps {
  readonly translate: Translate;
  readonly time: HospitalTime;
  readonly rules: CallRules;
  readonly isQuietDay?: (date: CalendarDate) => boolean;
}

/** What one showing of the worklist depends on. */
export interface WorklistInput {
  readonly locale: Locale;
  readonly accountId: string;
  readonly now: Date;
  readonly request: CallListRequest;
  readonly page: CallPage;
  readonly departmentNames: ReadonlyMap<string, string>;
  /** Codes one may filter by; empty when there is no choice. */
  readonly departments: readonly string[];
  readonly notice: string | null;
}

/** One call of the list: no name, no number. */
export interface WorklistRow {
  readonly id: string;
  readonly department: string;
  readonly dischargedOn: string;
  readonly attempts: string;
  readonly lastResult: string;
  /** When it may be called; empty when that is now. */
  readonly nextAt: string;
  /** Last day of calling; empty when the call is closed. */
  readonly closesOn: string;
  readonly redFlag: boolean;
  /** Somebody else's claim, in words; empty when one may take the call. */
  readonly takenBy: string;
  readonly mine: boolean;
  readonly workable: boolean;
  readonly linkLabel: string;
}

/** The model of `pages/follow-up-calls/worklist.html` without its frame. */
export interface WorklistModel {
  readonly rows: readonly WorklistRow[];
  readonly tabs: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
  readonly departments: readonly {
    readonly code: string;
    readonly name: string;
    readonly selected: boolean;
  }[];
  readonly state: CallListState;
  readonly summary: string;
  readonly empty: string;
  readonly notice: string;
  readonly noticeIsWarning: boolean;
  /** Said on a day on which nobody is called. */
  readonly quietDay: string;
  readonly quietHours: string;
  readonly nextHref: string;
}

const notices: ReadonlySet<string> = new Set(['logged', 'released', 'claimed', 'closed', 'not-claimed']);
const warnings: ReadonlySet<string> = new Set(['claimed', 'closed', 'not-claimed']);
const states: readonly CallListState[] = ['due', 'open', 'closed'];

/** The calling hours, `09:00–12:00、14:00–17:30`. */
export function hoursText(
  { rules, translate }: Pick<WordsDeps, 'rules' | 'translate'>,
  locale: Locale,
): string {
  const separator = translate(locale, 'follow-up-calls:worklist.separator');
  return rules.dayParts.map(({ from, until }) => `${from}–${until}`).join(separator);
}

function hrefOf(request: CallListRequest, change: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ state: request.state });
  if (request.department !== undefined) query.set('department', request.department);
  for (const [name, value] of Object.entries(change)) query.set(name, value);
  return `/worklist?${query.toString()}`;
}

function datesOf(
  { state, nextAttemptAt, closesOn }: FollowUpCall,
  now: Date,
  { time }: WordsDeps,
): Pick<WorklistRow, 'nextAt' | 'closesOn'> {
  if (state !== 'open') return { nextAt: '', closesOn: '' };
  return { nextAt: nextAttemptAt > now ? time.format(nextAttemptAt) : '', closesOn };
}

function rowOf(call: FollowUpCall, input: WorklistInput, deps: WordsDeps): WorklistRow {
  const { locale, accountId, now } = input;
  const t = (key: string, values?: Record<string, string | number>): string =>
    deps.translate(locale, `follow-up-calls:${key}`, values);
  const view = followUpCallView(call, { accountId, now });
  const last = call.attempts.at(-1);
  const department = input.departmentNames.get(call.departmentCode) ?? call.departmentCode;
  return {
    id: call.id,
    department,
    dischargedOn: call.dischargedOn,
    attempts: t('worklist.attemptsOf', { n: call.attempts.length, max: deps.rules.maxAttempts }),
    lastResult: last
      ? t(knowsEnd(call, { accountId }) ? `disposition.${last.disposition}` : 'worklist.ended')
      : t('worklist.neverTried'),
    ...datesOf(call, now, deps),
    redFlag: call.attempts.some(({ redFlag }) => redFlag),
    takenBy: view.claim && !view.claim.mine ? t('worklist.takenBy', { name: view.claim.by }) : '',
    mine: view.claim?.mine ?? false,
    workable: call.state === 'open' && call.closesOn >= deps.time.dateOf(now),
    linkLabel: t('worklist.takeLabel', { department, date: call.dischargedOn }),
  };
}

/** The worklist in words. */
export function worklistModel(input: WorklistInput, deps: WordsDeps): WorklistModel {
  const { locale, request, page, now } = input;
  const t = (key: string, values?: Record<string, string | number>): string =>
    deps.translate(locale, `follow-up-calls:${key}`, values);
  const notice = input.notice !== null && notices.has(input.notice) ? input.notice : null;
  return {
    rows: page.calls.map((call) => rowOf(call, input, deps)),
    tabs: states.map((state) => ({
      label: t(`worklist.tab.${state}`),
      href: hrefOf(request, { state }),
      current: state === request.state,
    })),
    departments: input.departments.map((code) => ({
      code,
      name: input.departmentNames.get(code) ?? code,
      selected: code === request.department,
    })),
    state: request.state,
    summary: [
      t(`worklist.summary.${request.state}`, { due: page.due, total: page.total }),
      ...(page.calls.length < page.total ? [t('worklist.shown', { shown: page.calls.length })] : []),
    ].join(''),
    empty: t(`worklist.empty.${request.state}`),
    notice: notice === null ? '' : t(`worklist.notice.${notice}`),
    noticeIsWarning: notice !== null && warnings.has(notice),
    quietDay: deps.isQuietDay?.(deps.time.dateOf(now)) ? t('worklist.quietDay') : '',
    quietHours: dayPartOf(now, deps.rules, deps.time)
      ? ''
      : t('worklist.quietHours', { hours: hoursText(deps, locale) }),
    nextHref: page.nextCursor === null ? '' : hrefOf(request, { cursor: page.nextCursor }),
  };
}
