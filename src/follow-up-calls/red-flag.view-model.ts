import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { OpenedRedFlag } from './handle-red-flag.ts';
import { redFlagOutcomes, stateOf } from './red-flag.ts';
import type { ListedRedFlag, RedFlag } from './red-flag.ts';

/** What the words of red flags depend on. */
export interface RedFlagWords {
  readonly translate: Translate;
  readonly locale: Locale;
  readonly formatTime: (moment: Date) => string;
  readonly departmentNames: ReadonlyMap<string, string>;
  /** Account id → name, of those who may log in or could once. */
  readonly peopleNames: ReadonlyMap<string, string>;
  /** Account id of whoever looks. */
  readonly viewer: string;
  /** Whether the viewer may take on red flags of a department. */
  readonly mayHandle: (departmentCode: string) => boolean;
}

const untouched = { takenBy: null, takenByName: null, takenAt: null, outcome: null, settledAt: null };

/** A red flag as JSON. */
export function redFlagView(flag: RedFlag): object {
  const { escalation, ...rest } = flag;
  return { ...rest, state: stateOf(flag), ...untouched, ...escalation };
}

const hrefOf = ({ callId, attemptId }: RedFlag): string =>
  `/red-flags/${encodeURIComponent(callId)}/${encodeURIComponent(attemptId)}`;

const badges = { open: 'badge-bad', taken: 'badge-warn', settled: 'badge-good' } as const;

/** What was done about it, in words; empty where nothing was. */
function doneOf(flag: RedFlag, { translate, locale, formatTime }: RedFlagWords) {
  const { escalation } = flag;
  if (!escalation) return { takenByName: '', takenAt: '', outcome: '', settledAt: '' };
  const { takenByName, takenAt, outcome, settledAt } = escalation;
  return {
    takenByName,
    takenAt: formatTime(takenAt),
    outcome: outcome ? translate(locale, `red-flags:outcome.${outcome}`) : '',
    settledAt: settledAt ? formatTime(settledAt) : '',
  };
}

function rowOf(flag: RedFlag, words: RedFlagWords) {
  const { translate, locale, formatTime } = words;
  const state = stateOf(flag);
  const holder = flag.escalation?.takenBy ?? '';
  const mine = holder === words.viewer;
  const workable = words.mayHandle(flag.departmentCode) && state !== 'settled';
  return {
    href: hrefOf(flag),
    department: words.departmentNames.get(flag.departmentCode) ?? flag.departmentCode,
    raisedAt: formatTime(flag.raisedAt),
    raisedBy: words.peopleNames.get(flag.raisedBy) ?? '',
    state: translate(locale, `red-flags:state.${state}`),
    badge: badges[state],
    ...doneOf(flag, words),
    canOpen: workable && mine,
    canTake: workable && !mine,
    takeText: translate(locale, state === 'open' ? 'red-flags:take' : 'red-flags:takeOver'),
    from: mine ? '' : holder,
  };
}

/** Why somebody is not to be called, in words; empty where nothing stands against it. */
function silenceText(
  { silence }: Pick<ListedRedFlag, 'silence'>,
  { translate, locale }: RedFlagWords,
): string {
  return silence === null ? '' : translate(locale, `red-flags:silence.${silence}`);
}

/** The list of red flags. */
export function redFlagsModel(
  flags: readonly ListedRedFlag[],
  notice: string | null,
  words: RedFlagWords,
): object {
  return {
    rows: flags.map((flag) => Object.assign(rowOf(flag, words), { silence: silenceText(flag, words) })),
    notice: notice === null ? null : words.translate(words.locale, `red-flags:notice.${notice}`),
    warning: notice === 'not-yours',
  };
}

/** The page of one red flag the viewer has taken on: who to call, and what came of it. */
export function redFlagModel(
  flag: RedFlag,
  state: Omit<OpenedRedFlag, 'flag'> & { readonly fault: string | null },
  words: RedFlagWords,
): object {
  return {
    ...rowOf(flag, words),
    ...state,
    deceased: state.silence === 'deceased',
    silence: silenceText(state, words),
    outcomes: redFlagOutcomes.map((value) => ({
      value,
      label: words.translate(words.locale, `red-flags:outcome.${value}`),
    })),
  };
}
