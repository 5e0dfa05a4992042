/** 拨打结果 the nurse can tap. The hospital's words are in the locale files under `follow-up-calls:disposition.<code>`. */
export const dispositionCodes = [
  'complete',
  'partial',
  'refusal-patient',
  'refusal-family',
  'break-off',
  'call-back',
  'patient-absent',
  'no-answer',
  'busy',
  'voicemail',
  'deceased',
  'unable',
  'language',
  'inconvenient',
  'bad-number',
  'readmitted',
  'not-our-patient',
] as const;

/** 拨打结果. */
export type DispositionCode = (typeof dispositionCodes)[number];

/** AAPOR outcome class (Standard Definitions, phone). */
export type OutcomeClass = 'I' | 'P' | 'R' | 'NC' | 'O' | 'UH' | 'UO' | 'NE';

/**
 * What follows an attempt: `close` no further call; `once-more` one further try on another day, and the second time closes;
 * `next-day-part` another time of day; `spaced` another time, further away with each attempt; `agreed` the time agreed with
 * the patient, else `spaced`.
 */
export type RetryRule = 'close' | 'once-more' | 'next-day-part' | 'spaced' | 'agreed';

/** Where the button stands: 接通, 未接通, 不能再拨. */
export const dispositionGroups = ['reached', 'not-reached', 'never-again'] as const;

/** 接通, 未接通 or 不能再拨. */
export type DispositionGroup = (typeof dispositionGroups)[number];

/** What a 拨打结果 means. */
export interface DispositionRule {
  /** AAPOR Standard Definitions (2016) code, telephone table; see `bad-number` for the one exception. */
  readonly aapor: string;
  readonly outcomeClass: OutcomeClass;
  readonly retry: RetryRule;
  readonly group: DispositionGroup;
  /** Somebody must act on it, or it takes the patient out of the denominator: the nurse says how it is known. */
  readonly noteNeeded: boolean;
  readonly interview: 'required' | 'allowed' | 'refused';
}

type Row = readonly [string, OutcomeClass, RetryRule, DispositionGroup, 'note'?];

/*
 * Named patients of our own: a dead number does not make the patient ineligible (4.3 is meant for random-digit samples), so
 * it stays non-contact, and it closes only when a second attempt on another day finds it dead too. A soft refusal is an appointment.
 */
const rows: Readonly<Record<DispositionCode, Row>> = {
  complete: ['1.1', 'I', 'close', 'reached'],
  partial: ['1.2', 'P', 'close', 'reached'],
  'call-back': ['2.3', 'O', 'agreed', 'reached'],
  inconvenient: ['2.35', 'O', 'agreed', 'reached'],
  'break-off': ['2.12', 'R', 'once-more', 'reached'],
  language: ['2.33', 'O', 'once-more', 'reached'],
  'patient-absent': ['2.21', 'NC', 'agreed', 'not-reached'],
  'no-answer': ['2.2', 'NC', 'spaced', 'not-reached'],
  busy: ['3.12', 'NC', 'next-day-part', 'not-reached'],
  voicemail: ['2.22', 'NC', 'spaced', 'not-reached'],
  'bad-number': ['2.2', 'NC', 'once-more', 'not-reached'],
  'refusal-patient': ['2.112', 'R', 'close', 'never-again'],
  'refusal-family': ['2.111', 'R', 'close', 'never-again'],
  unable: ['2.32', 'O', 'close', 'never-again', 'note'],
  readmitted: ['2.9', 'O', 'close', 'never-again'],
  deceased: ['2.31', 'O', 'close', 'never-again', 'note'],
  'not-our-patient': ['4.1', 'NE', 'close', 'never-again', 'note'],
};

function interviewOf(code: DispositionCode): DispositionRule['interview'] {
  if (code === 'complete') return 'required';
  return code === 'partial' ? 'allowed' : 'refused';
}

/** The rule of a 拨打结果. Source: AAPOR Standard Definitions, 9th edition, 2016: `no-answer` → 2.2, NC, tried again. */
export function ruleOf(code: DispositionCode): DispositionRule {
  const [aapor, outcomeClass, retry, group, note] = rows[code];
  return { aapor, outcomeClass, retry, group, noteNeeded: note !== undefined, interview: interviewOf(code) };
}

/** The 拨打结果 of a group, in the order of the buttons: the commonest first. */
export function dispositionsOf(group: DispositionGroup): readonly DispositionCode[] {
  return dispositionCodes.filter((code) => rows[code][3] === group);
}

/** Whether an agreed time makes sense with it: where the call goes on. */
export function mayAgreeTime(code: DispositionCode): boolean {
  return rows[code][2] !== 'close';
}
