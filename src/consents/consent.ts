/** What a person may agree to or refuse, each by itself. */
export const consentPurposes = [
  'clinical-follow-up',
  'satisfaction-call',
  'satisfaction-link',
  'publication',
] as const;

/** 随访, 满意度回访, 满意度链接, 公开意见. */
export type ConsentPurpose = (typeof consentPurposes)[number];

/** 同意, 拒绝, 撤回. A withdrawal has the effect of a refusal. */
export const consentStates = ['granted', 'refused', 'withdrawn'] as const;

/** What somebody said. */
export type ConsentState = (typeof consentStates)[number];

/** How it was said. */
export const consentChannels = ['phone', 'office', 'ward', 'letter', 'import'] as const;

/** 电话, 到活动办, 病区, 书面, 导入. */
export type ConsentChannel = (typeof consentChannels)[number];

/** What a person says of one purpose. */
export interface GivenConsent {
  readonly purpose: ConsentPurpose;
  readonly state: ConsentState;
  readonly channel: ConsentChannel;
  /** 隐私告知 it was said under, or null. */
  readonly noticeVersion: string | null;
}

/** One entry of the ledger: written once, never changed. */
export interface ConsentEntry extends GivenConsent {
  /** Made of what caused it where it may be sent twice: the same cause is the same entry. */
  readonly id: string;
  /** Blind indexes of whoever said it; nobody can turn them back. */
  readonly keys: readonly string[];
  readonly at: Date;
  readonly recordedBy: string;
}

/** Entries from the first to the last that was said; of the same moment by id, so that the order is always the same. */
export function inOrder(entries: readonly ConsentEntry[]): readonly ConsentEntry[] {
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** What stands for a purpose: what was said last. Null when nothing was ever said. */
export function standingConsent(
  entries: readonly ConsentEntry[],
  purpose: ConsentPurpose,
): ConsentState | null {
  return inOrder(entries.filter((entry) => entry.purpose === purpose)).at(-1)?.state ?? null;
}

/** Whether what stands for a purpose forbids it. Nothing said forbids nothing, and one purpose says nothing of another. */
export function forbids(entries: readonly ConsentEntry[], purpose: ConsentPurpose): boolean {
  const state = standingConsent(entries, purpose);
  return state === 'refused' || state === 'withdrawn';
}

/**
 * What goes on working of somebody who was erased: of each purpose the refusal that stands, known by whatever any refusal was known by. What
 * was agreed to, or refused and taken back, is dropped: it forbids nothing.
 */
export function remainingRefusals(entries: readonly ConsentEntry[]): readonly ConsentEntry[] {
  return consentPurposes.flatMap((purpose) => {
    if (!forbids(entries, purpose)) return [];
    const refusals = inOrder(entries.filter((one) => one.purpose === purpose && one.state !== 'granted'));
    const keys = [...new Set(refusals.flatMap((one) => one.keys))];
    return refusals.slice(-1).map((last) => Object.assign({}, last, { keys }));
  });
}
