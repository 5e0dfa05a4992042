import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { RenderedMail } from '../../src/shared/templates.handlebars.ts';
import type { Locale } from '../../src/shared/localized-text.ts';
import type { Answers } from '../support/scorecard-month.ts';
import { callTally, discharged } from '../support/scorecard-month.ts';
import { openScorecardsWorld, person } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { createTestApp } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let world: ScorecardsWorld;

const month = (very: number): Answers[] => [
  {
    count: very,
    chosen: {
      attitude: 'very',
      waiting: 'good',
      clear: 'very',
      charges: 'good',
      overall: 'very',
      'red-packet': 'poor',
    },
  },
  {
    count: 120 - very,
    chosen: {
      attitude: 'poor',
      waiting: 'not-applicable',
      clear: 'good',
      charges: 'poor',
      overall: 'good',
      'red-packet': 'very',
    },
  },
  {
    count: 33,
    form: discharged,
    mode: 'phone',
    verification: 'call',
    chosen: { nurse: 'very', overall: 'good' },
  },
  { count: 60, departmentCode: 'surgery', chosen: { attitude: 'very', clear: 'very', overall: 'very' } },
];

beforeAll(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  await database.buildIndexes();
  world.answers.set('2026-09', month(110));
  world.answers.set('2026-10', month(80));
  world.calls.set('2026-10', [
    callTally('cardiology', { I: 33, R: 12, NC: 15 }, { clinicallyFollowedUp: 40 }),
  ]);
  await world.slice.closeMonth.close('2026-09', 'system');
  await world.slice.closeMonth.close('2026-10', 'system');
});

afterAll(async () => {
  await database.drop();
});

const mailOf = (code: string, locale: Locale = 'zh-Hans'): Promise<RenderedMail> =>
  world.slice.renderScorecardMail('2026-10', code, 1, locale);

async function pageOf(code: string, locale: Locale): Promise<string> {
  const app = createTestApp({ routes: world.slice.pages, principal: person('office', 'all') });
  const { text } = await request(app).get(`/scorecards/2026-10/${code}?lang=${locale}`).expect(200);
  return text;
}

/** The words of a page or mail as a reader sees them: the page without its frame and patients' words, the mail without its hidden first line. */
function wordsOf(html: string): string {
  return html
    .replaceAll(/<(head|header|footer)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<section id="words"[\s\S]*?<\/section>/g, ' ')
    .replaceAll(/<div style="display:none[\s\S]*?<\/div>/g, ' ')
    .replaceAll(/<!--[\s\S]*?-->|<[^>]*>|&[#\w]+;/g, ' ');
}

const numbersIn = (text: string): readonly string[] =>
  [...new Set(text.match(/[−+]?\d+(?:\.\d+)?(?:%|\/\d+)?/g))].toSorted();

describe('the mail of a scorecard', () => {
  test.each<[string, Locale]>([
    ['cardiology', 'zh-Hans'],
    ['cardiology', 'zh-Hant'],
    ['cardiology', 'en'],
    ['surgery', 'zh-Hans'],
    ['billing', 'zh-Hans'],
    ['hospital', 'zh-Hans'],
  ])('of %s in %s has the same numbers as HTML, as text and as page', async (code, locale) => {
    const mail = await mailOf(code, locale);
    const page = await pageOf(code, locale);

    const inText = numbersIn(mail.text.replaceAll(/https:\S+/g, ' '));
    expect(inText.filter((number) => number.endsWith('%')).length).toBeGreaterThan(4);
    expect(numbersIn(wordsOf(mail.html))).toEqual(inText);
    expect(numbersIn(wordsOf(page))).toEqual(inText);
  });

  test('says in the subject what changed, on one line', async () => {
    // attitude: 110 of 120 = 91.7 % → 80 of 120 = 66.7 %; waiting, clear and overall are 100 % in both months.
    const { subject } = await mailOf('cardiology');

    expect(subject).toBe('dept cardiology 2026年10月满意度月报：显著下降，outpatient“attitude”91.7%→66.7%');
    expect((await mailOf('surgery')).subject).toContain('与上月无明显差别（正常波动）');
  });

  test('loads nothing from elsewhere, names its language, fits in 60 KB and links to the page', async () => {
    const { html, text } = await mailOf('cardiology', 'zh-Hant');

    expect(html).not.toMatch(/<(img|link|script|style|iframe|form|video|svg)|src=|url\(|@import|class=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'https://satisfaction.example.cn/scorecards/2026-10/cardiology',
    ]);
    expect(html).toContain('<html lang="zh-Hant">');
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
    expect(text).toContain('https://satisfaction.example.cn/scorecards/2026-10/cardiology');
  });

  test('draws bars as coloured cells whose widths add up to 100', async () => {
    const { html } = await mailOf('cardiology');

    const bars = [...html.matchAll(/<tr>((?:<td width="\d+%"[^>]*bgcolor[^>]*>&nbsp;<\/td>)+)<\/tr>/g)];
    const widths = bars.map(([, cells = '']) =>
      [...cells.matchAll(/width="(\d+)%"/g)].reduce((sum, [, width]) => sum + Number(width), 0),
    );
    expect(widths.length).toBeGreaterThan(5);
    expect(new Set(widths)).toEqual(new Set([100]));
  });

  test('never holds a confidential item, in any form of the scorecard', async () => {
    for (const code of ['cardiology', 'surgery', 'billing', 'hospital']) {
      const mail = await mailOf(code);
      const found = await world.slice.findScorecard('2026-10', code);
      for (const text of [
        mail.subject,
        mail.text,
        mail.html,
        await pageOf(code, 'zh-Hans'),
        JSON.stringify(found),
      ]) {
        expect(text).not.toContain('red-packet');
      }
    }
  });

  test('text of a form is escaped in HTML and left alone in the text', async () => {
    world.departments.push('<b>&');
    await world.slice.closeMonth.close('2026-08', 'system');

    const mail = await world.slice.renderScorecardMail('2026-08', '<b>&', 1, 'en');

    expect(mail.html).toContain('dept &lt;b&gt;&amp;');
    expect(mail.html).not.toContain('<b>');
    expect(mail.text).toContain('dept <b>&');
  });

  test('a scorecard that is not there is no mail', async () => {
    await expect(world.slice.renderScorecardMail('2026-10', 'unknown', 1, 'en')).rejects.toMatchObject({
      code: 'scorecard_not_found',
    });
  });
});
