import type { Clock } from '../shared/clock.ts';
import type { PrivacyNotice } from './privacy-notice.ts';
import type { PrivacyNoticeStore, PublishedNotice } from './privacy-notice.store.ts';

/** What publishing needs. */
export interface PublishPrivacyNoticesDeps {
  readonly store: PrivacyNoticeStore;
  readonly contentHash: (value: unknown) => string;
  readonly clock: Clock;
}

function refuseChanged(notices: readonly PublishedNotice[], published: readonly PublishedNotice[]): void {
  const hashes = new Map(published.map(({ notice, contentHash }) => [notice.version, contentHash]));
  const changed = notices
    .filter(({ notice, contentHash }) => (hashes.get(notice.version) ?? contentHash) !== contentHash)
    .map(({ notice }) => notice.version);
  if (changed.length === 0) return;
  throw new Error(
    `The privacy notice ${changed.join(', ')} has changed since it was published, and answers refer to it. Restore the file, and give the new text a version and a day of its own.`,
  );
}

/**
 * Publishes the versions that are new and resolves to every version ever published, so that it stays known what an answer
 * was given under. Throws when a published version has changed, or two files have one version. Two instances may do it at once.
 */
export async function publishPrivacyNotices(
  deps: PublishPrivacyNoticesDeps,
  files: readonly PrivacyNotice[],
): Promise<readonly PrivacyNotice[]> {
  const notices = files.map((notice) => ({ notice, contentHash: deps.contentHash(notice) }));
  refuseChanged(notices, notices);
  refuseChanged(notices, await deps.store.all());
  for (const notice of notices) await deps.store.insert(notice, deps.clock.now());
  const published = await deps.store.all();
  refuseChanged(notices, published);
  return published.map(({ notice }) => notice);
}
