/** What a blind index stands for. The same value gives unrelated indexes for two purposes. */
export type BlindIndexPurpose =
  | 'admission'
  | 'visit'
  | 'trial-admission'
  | 'trial-visit'
  | 'call-source'
  | 'link-source'
  | 'attempt'
  | 'contact'
  | 'erased-contact'
  | 'recovery-code'
  | 'phone'
  | 'person'
  | 'silence'
  | 'consent'
  | 'erased';

/** A keyed fingerprint: equal values give equal indexes, and nobody without the key can try values. 64 hex characters. */
export type BlindIndex = (purpose: BlindIndexPurpose, value: string) => string;
