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
