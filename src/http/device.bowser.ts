import { parse } from 'bowser';

/** A browser and what it runs on, as far as it says itself: `Chrome 86`, `Windows 7`. Empty where it says nothing. */
export interface Device {
  readonly browser: string;
  readonly system: string;
  readonly kind: 'desktop' | 'mobile' | 'tablet' | 'other';
}

const longest = 40;
const kinds = ['desktop', 'mobile', 'tablet'] as const;

const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter(Boolean).join(' ').slice(0, longest);

/** What a User-Agent header says, in few words; at most 40 characters each, for anybody may send anything. */
export function deviceOf(userAgent: string | undefined): Device {
  if (!userAgent) return { browser: '', system: '', kind: 'other' };
  const { browser, os, platform } = parse(userAgent.slice(0, 400));
  return {
    browser: words(browser.name, browser.version?.split('.')[0]),
    system: words(os.name, os.versionName ?? os.version),
    kind: kinds.find((kind) => kind === platform.type) ?? 'other',
  };
}
