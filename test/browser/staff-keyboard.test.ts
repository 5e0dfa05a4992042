import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openStaffSite } from './staff-site.ts';
import type { StaffSite } from './staff-site.ts';

let site: StaffSite;
beforeAll(async () => {
  site = await openStaffSite();
}, 90_000);
afterAll(() => site.close());

const focusIs = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);

/** Presses a key until the focus is on the element; gives up after a hundred. */
async function press(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 100; presses += 1) {
    if (await focusIs(page, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never leads to ${selector}.`);
}

test('a nurse logs in, takes a call and logs it with the keyboard alone', async () => {
  const context = await site.browser.newContext({ baseURL: site.base, locale: 'zh-CN' });
  const page = await context.newPage();
  const { keyboard } = page;
  await page.goto('/login');

  await press(page, 'Tab', '#username');
  await keyboard.type('nurse');
  await press(page, 'Tab', '#password');
  await keyboard.type(site.passwordOf('nurse'));
  await keyboard.press('Enter');
  await page.waitForURL('**/worklist');
  await press(page, 'Tab', '.call-take');
  await keyboard.press('Enter');
  await page.waitForSelector('#attempt');
  await press(page, 'Tab', '[name=disposition]');
  await press(page, 'ArrowDown', '#disposition-no-answer');
  await press(page, 'Tab', '#note');
  await keyboard.type('响了很久');
  await press(page, 'Tab', '.call-save');
  await keyboard.press('Enter');
  await page.waitForURL(/notice=logged/);

  const unanswered = await site.service.stored('followUpCalls', {
    dischargedOn: { $gte: '2026-10-01' },
    'attempts.disposition': 'no-answer',
  });
  expect(unanswered).toHaveLength(1);
  expect(await page.textContent('[role=status]')).toBe('已保存拨打结果。下面是下一位。');
  await context.close();
});

test('the first key on a page leads past its navigation', async () => {
  const context = await site.openAs('nurse');
  const page = await context.newPage();
  await page.goto('/worklist');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  expect(await focusIs(page, '.skip-link')).toBe(false);
  expect(page.url()).toMatch(/#main$/);
  await context.close();
});
