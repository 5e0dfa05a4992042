import type { BlindIndex } from '../privacy/blind-index.ts';
import type { DischargeRecord } from './discharge.ts';

/** Why nobody contacts a person any more: 患者去世, 不再联系. */
export const silenceKinds = ['deceased', 'do-not-contact'] as const;

/** Why nobody contacts a person any more. */
export type SilenceKind = (typeof silenceKinds)[number];

type Person = Pick<DischargeRecord, 'personKeys' | 'trial'>;

/** Silences have keys of their own: they outlive what identifies the person. Rehearsals never silence anybody in earnest. */
function silenceKey(key: string, trial: boolean, blindIndex: BlindIndex): string {
  return blindIndex('silence', trial ? `trial\n${key}` : key);
}

/** Under which keys a person's silence is looked for: the person's, and that of the own number. */
export function silenceKeysOf({ personKeys, trial }: Person, blindIndex: BlindIndex): readonly string[] {
  const keys = [...personKeys.persons, ...personKeys.phones.slice(0, 1)];
  return keys.map((key) => silenceKey(key, trial, blindIndex));
}

/** Under which keys a silence is kept. A death silences the person, a wish not to be contacted the number too. */
export function keysSilencedBy(
  kind: SilenceKind,
  { personKeys, trial }: Person,
  blindIndex: BlindIndex,
): readonly string[] {
  const silenced = kind === 'deceased' ? { ...personKeys, phones: [] } : personKeys;
  return silenceKeysOf({ personKeys: silenced, trial }, blindIndex);
}

/** What the silence of a stay that ended with death names as its source: a correction of the HIS lifts it again. */
export function silenceSourceOf(dischargeId: string): string {
  return `discharge/${dischargeId}`;
}

/** Of several silences the one that stands: a death stands before a wish. */
export function strongestOf(kinds: readonly SilenceKind[]): SilenceKind | null {
  return kinds.includes('deceased') ? 'deceased' : (kinds[0] ?? null);
}
