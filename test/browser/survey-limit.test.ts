import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPhone, openSurveySite, tap } from './survey-page.ts';
import type { SurveySite } from './survey-page.ts';

let site: SurveySite;
beforeAll(async () => {
  site = await openSurveySite({ perDevice: { points: 1, windowSeconds: 600 } });
}, 90_000);
afterAll(() => site.close());

test.each([
  ['with script', true],
  ['without script', false],
])(
  'a device that has answered too often keeps on its page what was typed, and is told to wait: %s',
  async (_how, javaScriptEnabled) => {
    const { context, page } = await openPhone(site, {
      viewport: { width: 320, height: 640 },
      javaScriptEnabled,
    });
    const answer = async (): Promise<void> => {
      await page.goto(`${site.base}/s/internal-medicine?lang=zh-Hans`);
      await tap(page, 'q-overall-1');
      await page.fill('[name=comment]', '病房太吵');
      await page.click('button.submit');
    };
    await answer();
    await page.waitForURL(/thanks/);

    await answer();

    await page.waitForSelector('.summary');
    expect(await page.textContent('.summary')).toContain('您填的内容都在本页');
    expect(await page.inputValue('[name=comment]')).toBe('病房太吵');
    expect(await page.isChecked('#q-overall-1')).toBe(true);
    const folder = process.env['PICTURES'];
    if (folder !== undefined)
      await page.screenshot({ path: `${folder}/limit-${String(javaScriptEnabled)}.png` });
    await context.close();
  },
  60_000,
);
