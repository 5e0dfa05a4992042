import type { LocalizedText } from '../shared/localized-text.ts';

/** What a caller says in a situation, and what the caller then does. */
export interface CallSituation {
  readonly say: LocalizedText;
  readonly afterwards: LocalizedText;
}

/**
 * 话术: what a caller says around the questions, in the order of a call. It is part of the form's version, so that it is
 * known what each answer was asked with. `{hospital}` and `{patient}` stand for their names.
 */
export interface CallScript {
  /** Finds out who has picked up; tells a stranger neither hospital nor stay. */
  readonly greeting: LocalizedText;
  /** Who calls, from which hospital, what for, and how long it takes. */
  readonly introduction: LocalizedText;
  /** Voluntary, confidential, without effect on treatment. */
  readonly promise: LocalizedText;
  /** Whether it suits now. */
  readonly now: LocalizedText;
  /** Whether the patient agrees to be asked. */
  readonly consent: LocalizedText;
  /** When it does not suit now. */
  readonly notNow: LocalizedText;
  /** When the patient does not want to: thanks, no persuading. */
  readonly refusal: LocalizedText;
  readonly complaint: CallSituation;
  readonly redFlag: CallSituation;
  /** After the last question. */
  readonly closing: LocalizedText;
}

/** What is said in every call, in its order. */
export const openingSteps = ['greeting', 'introduction', 'promise', 'now', 'consent'] as const;

/** What may happen in a call, in the order in which it may. */
export const callSituations = ['notNow', 'refusal', 'complaint', 'redFlag'] as const;

/** A step of the opening. */
export type OpeningStep = (typeof openingSteps)[number];

/** The words of a situation, and what to do then where it is more than saying them. */
export function situationOf(
  script: CallScript,
  situation: (typeof callSituations)[number],
): { readonly say: LocalizedText; readonly afterwards: LocalizedText | null } {
  const part = script[situation];
  return 'say' in part ? part : { say: part, afterwards: null };
}
