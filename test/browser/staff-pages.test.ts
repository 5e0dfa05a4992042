import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { locales } from '../../src/shared/localized-text.ts';
import { accessibilityFaults } from '../support/browser.ts';
import { deepRuns } from '../support/deep.ts';
import { openStaffSite } from './staff-site.ts';
import type { StaffSite } from './staff-site.ts';
import { walkStaffPages } from './staff-walk.ts';

let site: StaffSite;
beforeAll(async () => {
  site = await openStaffSite();
}, 90_000);
afterAll(() => site.close());

/** Pages whose template another page of the walk shows too: axe looks at them in one language only. */
const shownElsewhere = /surgery|obstetrics|paediatrics|canteen|pharmacy|hospital|closed|after giving back/;

const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');

/** As quick as `npm test` must be, Traditional Chinese, as wide as Simplified, is left to the deep run. */
const looked = locales.filter((locale) => locale !== 'zh-Hant' || deepRuns(0, 1) === 1);

describe.each(looked)('in %s', (locale) => {
  test('axe-core finds nothing on any page, and nothing reaches beyond 320 px, also at twice the text size', async () => {
    const found: string[] = [];
    const options = { viewport: { width: 320, height: 640 }, bypassCSP: true };

    await walkStaffPages(site, { locale, options }, async (page, name) => {
      const first = locale === 'zh-Hans';
      if (first || !shownElsewhere.test(name)) {
        const faults = await accessibilityFaults(page, { colours: first });
        found.push(...faults.map((fault) => `${name}: ${fault}`));
      }
      if ((await overflow(page)) > 0) found.push(`${name}: reaches beyond 320 px`);
      const style = await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
      if ((await overflow(page)) > 0) found.push(`${name}: reaches beyond 320 px at 200 %`);
      await style.evaluate((element) => (element as unknown as { remove: () => void }).remove());
    });

    expect(found).toEqual([]);
  }, 300_000);
});

/** Addresses that lead on to a year's or a month's. */
const leadingOn = new Set(['/office/calendar', '/office/deliveries', '/office/late-answers']);

/** Pages of staff that the walk has not opened. */
function unseen(seen: ReadonlySet<string>): readonly string[] {
  const pages = site.service.composition.routes.filter(
    ({ method, path, guard }) => method === 'get' && guard.name !== 'open' && !path.startsWith('/api/'),
  );
  const isSeen = (path: string): boolean => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
    return [...seen].some((one) => pattern.test(one));
  };
  return pages.map(({ path }) => path).filter((path) => !isSeen(path) && !leadingOn.has(path));
}

test('on a wide screen no page says anything on the console but the statuses of error pages, and none reaches beyond it', async () => {
  const said: string[] = [];
  const seen = new Set<string>();
  const listened = new WeakSet<Page>();
  const options = { viewport: { width: 1024, height: 800 } };

  await walkStaffPages(site, { locale: 'zh-Hans', options }, async (page, name) => {
    if ((await overflow(page)) > 0) said.push(`${name}: reaches beyond 1024 px`);
    seen.add(new URL(page.url()).pathname);
    if (listened.has(page)) return;
    listened.add(page);
    page.on('pageerror', ({ message }) => said.push(`${page.url()}: ${message}`));
    page.on('console', (message) => {
      const statusOfThePage = /status of 4\d\d/.test(message.text()) && message.location().url === page.url();
      if (['error', 'warning'].includes(message.type()) && !statusOfThePage)
        said.push(`${page.url()}: ${message.text()}`);
    });
    await page.reload();
  });

  expect(said).toEqual([]);
  expect(unseen(seen)).toEqual([]);
}, 300_000);

test('the inputs of a row stand level, also where one label needs two lines and another field has a hint below', async () => {
  const context = await site.openAs('office', { viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto('/admin/departments/surgery/edit?lang=en');

  const rows = await page.evaluate<readonly (readonly [row: number, input: number])[]>(`
    [...document.querySelectorAll('.columns > .field')].map((field) => {
      const place = (one) => Math.round(one.getBoundingClientRect().top);
      return [place(field), place(field.querySelector('.input'))];
    })`);

  const inputsOfRow = new Map<number, Set<number>>();
  for (const [row, input] of rows) inputsOfRow.set(row, (inputsOfRow.get(row) ?? new Set()).add(input));
  expect(rows.length).toBeGreaterThan(10);
  expect([...inputsOfRow.values()].filter(({ size }) => size > 1)).toEqual([]);
  await context.close();
});

test('a page in another language is the same page, and the language stays', async () => {
  const context = await site.openAs('head');
  const page = await context.newPage();
  await page.goto('/scorecards/2026-09/internal-medicine');

  await page.click('.languages a[hreflang=en]');

  expect(page.url()).toBe(`${site.base}/scorecards/2026-09/internal-medicine?lang=en`);
  expect(await page.textContent('h1')).toBe('Internal Medicine: satisfaction scorecard, September 2026');
  await page.goto('/home');
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  await context.close();
});

test.each([
  ['internal-medicine', locales],
  ['surgery', locales],
  // In English the longest card of all needs a second page.
  ['hospital', ['zh-Hans', 'zh-Hant']],
])('the scorecard of %s prints on one A4 page', async (code, languages) => {
  const context = await site.openAs('office');
  const page = await context.newPage();
  for (const locale of languages) {
    await page.goto(`/scorecards/2026-09/${code}?lang=${locale}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  }
  await context.close();
});
