import { createPrivacyNotices } from '../../src/privacy-notices/privacy-notice.ts';
import type { PrivacyNotices } from '../../src/privacy-notices/privacy-notice.ts';
import { readNoticeFiles } from '../../src/privacy-notices/privacy-notice-files.node.ts';
import { readPrivacyNotice } from '../../src/privacy-notices/privacy-notice.schema.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

/** The shipped notices, and any others a test adds. */
export function shippedNotices(): PrivacyNotices {
  const files = readNoticeFiles(`${projectRoot()}/config/privacy/notices`);
  return createPrivacyNotices(files.map((file) => readPrivacyNotice(file, locales)));
}
