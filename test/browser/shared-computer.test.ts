import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStaffSite } from './staff-site.ts';
import type { StaffSite } from './staff-site.ts';

let site: StaffSite;
beforeAll(async () => {
  site = await openStaffSite();
}, 90_000);
afterAll(() => site.close());

test('an open call page says so every five minutes, and stops half an hour after somebody last touched it', async () => {
  const context = await site.openAs('nurse');
  const page = await context.newPage();
  await page.clock.install({ time: site.clock.now() });
  const answers: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/heartbeat')) answers.push(response.status());
  });
  await page.goto('/worklist');
  await page.locator('.call-take').first().click();
  await page.waitForSelector('#attempt');
  const minutes = async (count: number): Promise<void> => {
    for (let minute = 0; minute < count; minute += 5) {
      const heard = page.waitForResponse(/\/heartbeat$/, { timeout: 1_000 }).catch(() => null);
      await page.clock.runFor(5 * 60_000);
      await heard;
    }
  };

  await minutes(35);
  const untouched = [...answers];
  await page.keyboard.press('Shift');
  await minutes(10);
  await context.close();

  expect(untouched).toEqual([204, 204, 204, 204, 204, 204]);
  expect(answers.slice(untouched.length)).toEqual([204, 204]);
}, 60_000);

test('after a change of person the back button shows the login, not what the one before saw', async () => {
  const context = await site.openAs('nurse');
  const page = await context.newPage();
  await page.goto('/worklist?state=open');
  await page.goto('/account');
  await page.click('form[action="/switch-person"] button');
  await page.waitForSelector('#password');

  await page.goBack();
  await page.waitForURL(/\/login/);

  expect(await page.locator('.who').count()).toBe(0);
  await context.close();
}, 60_000);
