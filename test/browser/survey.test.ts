import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openPhone, openSurveySite, tap } from './survey-page.ts';
import type { SurveySite } from './survey-page.ts';

let site: SurveySite;
beforeAll(async () => {
  site = await openSurveySite();
}, 90_000);
beforeEach(() => site.world.clear());
afterAll(() => site.close());

const address = (): string => `${site.base}/s/internal-medicine?lang=zh-Hans`;

const focusedId = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.id');

/** What the device keeps of the form. */
const kept = (page: Page): Promise<string> => page.evaluate<string>('JSON.stringify(sessionStorage)');

/** Presses Tab until the focus is on the element; gives up after one round. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let steps = 0; steps < 60 && (await focusedId(page)) !== id; steps += 1)
    await page.keyboard.press('Tab');
}

describe('answering', () => {
  test('with the keyboard alone', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    const { keyboard } = page;

    await tabTo(page, 'q-registration-1');
    await keyboard.press('ArrowDown');
    await tabTo(page, 'q-overall-1');
    await keyboard.press('Space');
    await tabTo(page, 'q-comment-text');
    await keyboard.type('谢谢');
    for (let steps = 0; steps < 9; steps += 1) {
      await keyboard.press('Tab');
      if (await page.evaluate<boolean>('document.activeElement.matches(".submit")')) break;
    }
    await keyboard.press('Enter');
    await page.waitForURL(/thanks/);

    expect(await site.world.rows()).toMatchObject([
      {
        answers: [
          { item: 'registration', option: 'convenient' },
          { item: 'overall', option: 'very-satisfied' },
        ],
        comment: '谢谢',
      },
    ]);
    await context.close();
  });

  test('without JavaScript: the fault is shown with everything kept, then the thanks', async () => {
    const { context, page } = await openPhone(site, { javaScriptEnabled: false });
    await page.goto(address());
    await tap(page, 'q-signs-2');
    await page.click('button.submit');

    expect(await page.textContent('.summary')).toContain('这道题必须回答');
    expect(await page.isChecked('#q-signs-2')).toBe(true);

    await page.click('.summary a');
    await tap(page, 'q-overall-2');
    await page.click('button.submit');

    expect(page.url()).toContain('/thanks');
    expect(await site.world.rows()).toHaveLength(1);
    await context.close();
  });

  test('a fault moves the focus to the summary, and its link into the question', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await page.click('button.submit');
    await page.waitForSelector('.summary:focus');

    await page.click('.summary a');

    expect(await focusedId(page)).toBe('q-overall-1');
    expect(await page.title()).toContain('需要修改');
    await context.close();
  });

  test('tells how much is answered', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-signs-2');
    await page.fill('#q-comment-text', '好');

    expect(await page.textContent('.progress')).toContain('已答 2 / 19 题');
    await context.close();
  });
});

describe('nothing is lost', () => {
  test('a reload keeps what was answered, and the submission stays the same', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    const before = await page.inputValue('[name=submissionId]');
    await tap(page, 'q-overall-3');
    await page.fill('#q-comment-text', '停车难');

    await page.reload();

    expect(await page.isChecked('#q-overall-3')).toBe(true);
    expect(await page.inputValue('#q-comment-text')).toBe('停车难');
    expect(await page.inputValue('[name=submissionId]')).toBe(before);
    await context.close();
  });

  test('without a network it says so and keeps the page; the next try stores one answer', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-overall-1');
    await context.setOffline(true);
    await page.click('button.submit');
    await page.waitForSelector('.notice:not(:empty)');

    expect(await page.textContent('.notice')).toContain('网络不好，答案还在本页');
    expect(await page.textContent('button.submit')).toBe('重新提交');
    expect(await page.isChecked('#q-overall-1')).toBe(true);

    await context.setOffline(false);
    await page.click('button.submit');
    await page.waitForURL(/thanks/);

    expect(await site.world.rows()).toHaveLength(1);
    await context.close();
  });

  test('an answer whose reply was lost, sent again after a reload, is one answer', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-overall-1');
    await page.route('**/s/internal-medicine?*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch({ maxRedirects: 0 });
      return route.abort('connectionreset');
    });
    await page.click('button.submit');
    await page.waitForSelector('.notice:not(:empty)');
    await page.unroute('**/s/internal-medicine?*');
    await page.reload();
    await page.click('button.submit');
    await page.waitForURL(/thanks/);

    expect(await site.world.rows()).toHaveLength(1);
    await context.close();
  });

  test('a double tap stores one answer', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-overall-1');

    await page.dblclick('button.submit');
    await page.waitForURL(/thanks/);

    expect(await site.world.rows()).toHaveLength(1);
    await context.close();
  });

  test('after the thanks nothing is left on the device, and a new form is empty', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-overall-1');
    await page.click('button.submit');
    await page.waitForURL(/thanks/);

    expect(await page.evaluate<number>('sessionStorage.length + localStorage.length')).toBe(0);
    await page.goto(address());
    expect(await page.locator('input:checked').count()).toBe(0);
    await context.close();
  });
});

describe('a tablet that is handed on', () => {
  test('a confidential choice is never kept on the device; whoever comes back chooses it again', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-red-packet-2');
    await tap(page, 'q-overall-2');

    expect(await kept(page)).toContain('answer.overall');
    expect(await kept(page)).not.toContain('red-packet');
    await page.reload();

    expect(await page.isChecked('#q-overall-2')).toBe(true);
    expect(await page.locator('[name="answer.red-packet"]:checked').count()).toBe(0);
    await tap(page, 'q-red-packet-1');
    await page.click('button.submit');
    await page.waitForURL(/thanks/);
    expect(await site.world.rows()).toMatchObject([{ confidentialAnswers: [{ item: 'red-packet' }] }]);
    await context.close();
  });

  test.each([
    ['zh-Hans', '上次没有提交的内容已经填回下面', '重新开始'],
    ['zh-Hant', '上次沒有提交的內容已經填回下面', '重新開始'],
    ['en', 'filled in again below', 'Start afresh'],
  ])(
    'in %s, the form says that it was filled in before, and starts afresh for the next',
    async (lang, words, afresh) => {
      const { context, page } = await openPhone(site);
      await page.goto(`${site.base}/s/internal-medicine?lang=${lang}#q-overall`);
      expect(await page.textContent('.restored')).toBe('');
      const before = await page.inputValue('[name=submissionId]');
      await tap(page, 'q-overall-2');
      await page.fill('#q-comment-text', '我姓王');
      await page.reload();

      expect(await page.textContent('.restored[aria-live=polite] p')).toContain(words);
      await page.getByRole('button', { name: afresh }).click();
      await page.waitForFunction(`document.querySelector('[name=submissionId]').value !== '${before}'`);

      expect(await page.locator('input:checked').count()).toBe(0);
      expect(await page.inputValue('#q-comment-text')).toBe('');
      expect(await page.textContent('.restored')).toBe('');
      expect(await kept(page)).not.toContain('我姓王');
      await context.close();
    },
  );

  test('an empty form says nothing of the kind', async () => {
    const { context, page } = await openPhone(site);
    await page.goto(address());
    await tap(page, 'q-red-packet-2');
    await page.reload();

    expect(await page.locator('input:checked').count()).toBe(0);
    expect(await page.textContent('.restored')).toBe('');
    await context.close();
  });
});
