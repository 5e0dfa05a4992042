import type { Connection } from 'mongoose';
import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { contentHash } from '../shared/content-hash.crypto.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import { createPrivacyNotices } from './privacy-notice.ts';
import type { PrivacyNotices } from './privacy-notice.ts';
import { readNoticeFiles } from './privacy-notice-files.node.ts';
import { createPrivacyNoticeRoutes } from './privacy-notice.routes.ts';
import { readPrivacyNotice } from './privacy-notice.schema.ts';
import { createPrivacyNoticeStore } from './privacy-notice.store.ts';
import { publishPrivacyNotices } from './publish-privacy-notices.ts';

/** What the slice is handed. `folder` holds a file for each version. */
export interface PrivacyNoticesDeps {
  readonly connection: Connection;
  readonly folder: string;
  readonly languages: readonly Locale[];
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Publishes the folder's notices and builds the slice. Rejects with what is wrong with them. */
export async function wirePrivacyNotices(
  deps: PrivacyNoticesDeps,
): Promise<{ readonly notices: PrivacyNotices; readonly routes: readonly Route[] }> {
  const files = readNoticeFiles(deps.folder).map((file) => readPrivacyNotice(file, deps.languages));
  const store = createPrivacyNoticeStore(deps.connection);
  const notices = createPrivacyNotices(await publishPrivacyNotices({ ...deps, store, contentHash }, files));
  const today = () => deps.hospitalTime.dateOf(deps.clock.now());
  return { notices, routes: createPrivacyNoticeRoutes({ notices, today }) };
}
