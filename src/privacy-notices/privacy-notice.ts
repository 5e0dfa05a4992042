import type { LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';

/** 隐私告知: one published version. It never changes; a new text is a new version. */
export interface PrivacyNotice {
  /** Such as `2026-1`; stored with every answer given under it. */
  readonly version: string;
  /** The newest notice in force is shown. */
  readonly inForceFrom: CalendarDate;
  /** What stands on the form itself. */
  readonly summary: LocalizedText;
  /** What a caller says before the first question. */
  readonly spoken: LocalizedText;
  /** The whole text. */
  readonly paragraphs: readonly { readonly heading: LocalizedText; readonly text: LocalizedText }[];
}

/** Every version ever published, in memory. */
export interface PrivacyNotices {
  /** The version in force on a day; of a day before the first one, the first. */
  readonly inForce: (day: CalendarDate) => PrivacyNotice;
  readonly find: (version: string) => PrivacyNotice | undefined;
}

/** A version sent with an answer, when it is one of ours; an answer is never refused for its notice. */
export function knownVersion(
  notices: Pick<PrivacyNotices, 'find'>,
  version: string | undefined,
): string | undefined {
  return version === undefined ? undefined : notices.find(version)?.version;
}

/** The notices by day; throws when there is none. */
export function createPrivacyNotices(published: readonly PrivacyNotice[]): PrivacyNotices {
  const newestFirst = published.toSorted((a, b) => {
    if (a.inForceFrom !== b.inForceFrom) return a.inForceFrom < b.inForceFrom ? 1 : -1;
    return a.version < b.version ? 1 : -1;
  });
  const first = newestFirst.at(-1);
  if (!first) throw new Error('There is no privacy notice: the folder of the notices is empty.');
  return {
    inForce: (day) => newestFirst.find(({ inForceFrom }) => inForceFrom <= day) ?? first,
    find: (version) => newestFirst.find((notice) => notice.version === version),
  };
}
