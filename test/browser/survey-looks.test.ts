import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { locales } from '../../src/shared/localized-text.ts';
import { axeFindings, openPhone, openSurveySite, tap } from './survey-page.ts';
import type { SurveySite } from './survey-page.ts';

let site: SurveySite;
beforeAll(async () => {
  site = await openSurveySite();
}, 90_000);
afterAll(() => site.close());

const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');

/** Walks through every page a patient can see and looks at each. */
async function walk(page: Page, query: string, look: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`${site.base}/${query}`);
  await look('home');
  await page.goto(`${site.base}/s/internal-medicine${query}`);
  await tap(page, 'q-recommend-9');
  await look('form');
  await page.reload();
  await page.waitForSelector('.restored button');
  await look('restored');
  await page.click('button.submit');
  await page.waitForSelector('.summary');
  await look('errors');
  await tap(page, 'q-overall-1');
  const id = await page.inputValue('[name=submissionId]');
  await page.click('button.submit');
  await page.waitForURL(/thanks/);
  await look('thanks');
  await page.goto(`${site.base}/s/internal-medicine${query}`);
  await page.evaluate(`document.querySelector('[name=submissionId]').value = '${id}'`);
  await tap(page, 'q-overall-2');
  await page.click('button.submit');
  await page.waitForSelector('.panel');
  await look('received');
}

describe.each(locales)('in %s', (locale) => {
  test.each(['', '&size=large'])('axe-core finds nothing on any page%s', async (size) => {
    const { context, page } = await openPhone(site, { bypassCSP: true });
    const found: string[] = [];

    await walk(page, `?lang=${locale}${size}`, async (name) => {
      found.push(...(await axeFindings(page)).map((finding) => `${name} ${finding}`));
    });

    expect(found).toEqual([]);
    await context.close();
  });

  test('nothing reaches beyond a screen of 320 px, also with text twice as large', async () => {
    const { context, page } = await openPhone(site, {
      viewport: { width: 320, height: 640 },
      bypassCSP: true,
    });
    const wide: string[] = [];

    await walk(page, `?lang=${locale}`, async (name) => {
      if ((await overflow(page)) > 0) wide.push(name);
      await page.addStyleTag({ content: 'html { font-size: 250% !important; }' });
      if ((await overflow(page)) > 0) wide.push(`${name} at 200 %`);
    });

    expect(wide).toEqual([]);
    await context.close();
  });
});

test('the first view of a form is at most 50 KB over the wire, in sizes that leave room', async () => {
  const sizes: Record<string, number[]> = { html: [], css: [], js: [] };
  for (const locale of locales) {
    const { context, page } = await openPhone(site);
    page.on('response', async (response) => {
      const kind = /\.(css|js)$/.exec(response.url())?.[1] ?? 'html';
      sizes[kind]?.push((await response.body()).length);
    });
    await page.goto(`${site.base}/s/internal-medicine?lang=${locale}`, { waitUntil: 'networkidle' });
    await context.close();
  }
  const largest = (kind: string): number => Math.max(...(sizes[kind] ?? []));

  expect(sizes['html']).toHaveLength(3);
  expect(largest('html')).toBeLessThanOrEqual(35 * 1024);
  expect(largest('css')).toBeLessThanOrEqual(9 * 1024);
  expect(largest('js')).toBeLessThanOrEqual(4 * 1024);
  expect(largest('html') + largest('css') + largest('js')).toBeLessThanOrEqual(50 * 1024);
});
