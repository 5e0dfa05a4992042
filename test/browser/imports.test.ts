import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser } from '../support/browser.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  browser = await launchBrowser();
  context = await browser.newContext({
    bypassCSP: true,
    locale: 'zh-CN',
    viewport: { width: 1280, height: 900 },
  });
  page = await context.newPage();
  await page.goto(`${service.baseUrl}/login`);
  await page.fill('input[name="username"]', 'admin');
  await page.fill('input[name="password"]', adminPassword);
  await page.click('main button[type="submit"]');
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const file = {
  name: '出院.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      '住院流水号,出院科室,出院日期,姓名,联系电话,医保',
      'E1,内科,2026-10-30,张三,13812341234,职工',
      'E2,心内一科,2026-10-30,李四,13812341234,职工',
      'E3,内科,2026-10-30,王五,1381234,职工',
    ].join('\n'),
  ),
};
const widest = () => page.evaluate('document.documentElement.scrollWidth');
const press = async (value: 'check' | 'import'): Promise<void> => {
  await page.click(`button[value="${value}"]`);
  await page.waitForSelector('.upload:not(:has(button[aria-disabled])) .upload-result');
};

describe('the page of imports in a browser', () => {
  test('checks a file, shows its faults, imports it, keeps it chosen, and fits a phone', async () => {
    await page.goto(`${service.baseUrl}/office/imports`);
    await page.setInputFiles('#discharges-file', file);
    await press('check');
    expect(await page.textContent('.upload-result h3')).toBe('检查结果（尚未保存）');
    expect(await page.textContent('.upload-table')).toContain('心内一科');
    expect(await page.textContent('.upload-table')).toContain('电话号码不能拨打');
    expect(await service.stored('discharges')).toEqual([]);
    expect(await accessibilityFaults(page, { colours: true })).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await widest()).toBe(320);

    await press('import');
    expect(await page.textContent('.upload-result h3')).toBe('导入结果');
    expect(await service.stored('discharges')).toHaveLength(2);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H3');
  });

  test('names the way on when no file is chosen, and when a file is none', async () => {
    await page.goto(`${service.baseUrl}/office/imports`);
    await page.click('button[value="check"]');
    expect(await page.textContent('.upload .error-summary')).toContain('请先选择文件');
    await page.setInputFiles('#discharges-file', { ...file, buffer: Buffer.from('x') });
    await page.click('button[value="check"]');
    await page.waitForSelector('.upload .error-summary:has-text("第一行应为列名")');
  });

  test('maps the name that waits, by keyboard, and fits a phone', async () => {
    await page.goto(`${service.baseUrl}/office/imports/mapping`);
    expect(await widest()).toBe(320);
    await page.focus('#alias-0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.badge-good');
    expect(await accessibilityFaults(page, { colours: true })).toEqual([]);
  });
});
