import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CapturedMail } from '../support/smtp-server.ts';
import { openStaffSite } from './staff-site.ts';
import type { StaffSite } from './staff-site.ts';

let site: StaffSite;
let mails: readonly CapturedMail[];
beforeAll(async () => {
  site = await openStaffSite();
  ({ mails } = site.smtp);
}, 90_000);
afterAll(() => site.close());

const htmlOf = ({ parsed }: CapturedMail): string => String(parsed.html);
const percentages = (text: string): readonly string[] =>
  [...new Set(text.match(/\d+(?:\.\d)?%/g))].toSorted();
const widths = (html: string): readonly number[] =>
  [...html.matchAll(/\b(?:max-)?width(?:="|:)(\d+)(?!\d*%)/g)].map(([, width]) => Number(width));

describe('the mail of a scorecard', () => {
  test('refers to nothing on another machine, and has no picture', () => {
    expect(mails.length).toBeGreaterThan(10);
    for (const mail of mails) {
      const html = htmlOf(mail);
      expect(html).not.toMatch(/\bsrc=|<img|<link|<script|<style|@import|url\(|background="/i);
      expect(html.match(/href="([^"]*)"/g)).toEqual([
        expect.stringMatching(
          /^href="http:\/\/satisfaction\.hospital\.example\/scorecards\/2026-09\/[a-z-]+"$/,
        ),
      ]);
    }
  });

  test('is laid out by tables of at most 600 px, as Outlook wants it', () => {
    for (const mail of mails) {
      const html = htmlOf(mail);
      expect(html).not.toMatch(/<div|float:|flex|position:|grid/i);
      expect(widths(html)).toContain(600);
      expect(Math.max(...widths(html))).toBe(600);
    }
  });

  test('says the same percentages in both of its parts', () => {
    for (const mail of mails) {
      const words = htmlOf(mail).replaceAll(/<[^>]*>/g, ' ');
      expect(percentages(words)).toEqual(percentages(mail.parsed.text ?? ''));
    }
  });

  test.each([320, 600, 1280])('fits a window of %d px', async (width) => {
    const context = await site.browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const mail of mails) {
      await page.setContent(htmlOf(mail));
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    }
    await context.close();
  });
});
