import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import type { Principal } from '../../src/shared/principal.ts';
import type { PresentedScorecard } from '../../src/scorecards/presented-scorecard.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';
import type { Answers } from '../support/scorecard-month.ts';
import { openScorecardsWorld, person } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { createTestApp } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/*
 * Cardiology has 100 answers a month: 90 satisfied in the third quarter, 60 in October, 60 in November. Surgery has 3 in July,
 * 4 in August, 2 in September, 12 in October, 11 in November, all satisfied but two in October. December is open.
 */
let database: TestDatabase;
let world: ScorecardsWorld;

const answersOf = (satisfied: number, surgery: number, unhappy: number): Answers[] => {
  const rows: Answers[] = [
    { count: satisfied, chosen: { attitude: 'very', overall: 'very' } },
    { count: 100 - satisfied, chosen: { attitude: 'poor', overall: 'very' } },
    { count: surgery - unhappy, departmentCode: 'surgery', chosen: { attitude: 'good', overall: 'very' } },
    { count: unhappy, departmentCode: 'surgery', chosen: { attitude: 'poor', overall: 'very' } },
  ];
  return rows.filter(({ count }) => count > 0);
};

beforeAll(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  await database.buildIndexes();
  world.answers.set('2026-07', answersOf(90, 3, 0));
  world.answers.set('2026-08', answersOf(90, 4, 0));
  world.answers.set('2026-09', answersOf(90, 2, 0));
  world.answers.set('2026-10', answersOf(60, 12, 2));
  world.answers.set('2026-11', answersOf(60, 11, 0));
  for (const month of ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11']) {
    world.now = new Date(`${addMonths(month, 1)}-13T00:10:00Z`);
    await world.slice.closeMonth.close(month, 'system');
  }
});

afterAll(async () => {
  await database.drop();
});

const office = person('office', 'all');
const head = person('head', ['surgery']);

const app = (principal: Principal): Express =>
  createTestApp({ routes: [...world.slice.routes, ...world.slice.pages], principal });

async function card(path: string, who: Principal = office): Promise<PresentedScorecard> {
  const answer = await request(app(who)).get(`/api/v1/scorecards/${path}`).expect(200);
  return answer.body as PresentedScorecard;
}

const attitudeOf = ({ sections }: PresentedScorecard) =>
  sections[0]?.items.find(({ code }) => code === 'attitude');

describe('a quarter', () => {
  test('adds the closed months up, with the interval of the sum, and names what is missing', async () => {
    const quarter = await card('2026-Q4/cardiology');

    const { low, high } = wilsonInterval(120, 200) ?? { low: 0, high: 0 };
    expect(attitudeOf(quarter)).toMatchObject({ n: 200, satisfied: { x: 120, value: 0.6, low, high } });
    expect(attitudeOf(quarter)?.meanScore).toBeCloseTo(60, 12);
    expect(quarter.sum).toEqual({
      span: 'quarter',
      months: ['2026-10', '2026-11'],
      missing: ['2026-12'],
      leftOut: [],
    });
  });

  test('is tested against the quarter before', async () => {
    const quarter = await card('2026-Q4/cardiology');

    // 120 of 200 against 270 of 300: 30 points less.
    const change = attitudeOf(quarter)?.change;
    expect(change).toMatchObject({ previousN: 300, previousValue: 0.9, significant: true });
    expect(change?.difference).toBeCloseTo(-0.3, 12);
    expect(quarter.verdict).toBe('worse');
  });

  test('takes months of 3, 4 and 2 together as 9, and shows no month of them', async () => {
    const third = await card('2026-Q3/surgery', head);
    const july = await card('2026-07/surgery', head);

    expect(attitudeOf(third)).toMatchObject({ level: 'counts', n: 9, satisfied: { x: 9, value: null } });
    expect(july.sections[0]).toMatchObject({ level: 'hidden', items: [] });
  });

  test('half-years and years are made of the same months', async () => {
    const [half, year] = [await card('2026-H2/surgery'), await card('2026/surgery')];

    // 9 of the third quarter, 12 and 11: 30 of 32.
    expect(attitudeOf(half)).toMatchObject({ n: 32, satisfied: { x: 30 } });
    expect(attitudeOf(year)).toMatchObject({ n: 32, satisfied: { x: 30 } });
    expect(year.sum?.missing).toHaveLength(7);
  });

  test('is a page that says 截至, in words of its length, and a list', async () => {
    const page = await request(app(office)).get('/scorecards/2026-Q4/cardiology').expect(200);
    const list = await request(app(office)).get('/scorecards?period=2026-Q4').expect(200);
    const own = await request(app(head)).get('/api/v1/scorecards/2026-Q4').expect(200);

    expect(page.text).toContain('2026年第四季度满意度季报');
    expect(page.text).toContain('截至2026年11月：2026年12月尚未结账');
    expect(page.text).toContain('与上季度相比，显著下降');
    expect(page.text).not.toMatch(/上月|本月/u);
    expect(list.text).toContain('href="/scorecards/2026-Q4/cardiology"');
    expect(list.text).toContain('>2026年下半年</a>');
    expect(own.body).toMatchObject({
      period: '2026-Q4',
      months: ['2026-10', '2026-11'],
      missing: ['2026-12'],
      scorecards: [{ departmentCode: 'surgery' }],
    });
  });

  test.each([
    ['without a closed month', '2025-Q1/cardiology', 404],
    ['of an unknown department', '2026-Q4/unknown', 404],
    ['that is none', '2026-Q5/cardiology', 422],
    ['in a revision', '2026-Q4/cardiology?revision=1', 404],
  ])('%s is answered alike as page and JSON', async (_name, path, status) => {
    const page = await request(app(office)).get(`/scorecards/${path}`);
    const json = await request(app(office)).get(`/api/v1/scorecards/${path}`);

    expect([page.status, json.status]).toEqual([status, status]);
  });

  test('is not for the head of another department', async () => {
    await request(app(head)).get('/scorecards/2026-Q4/cardiology').expect(403);
    expect((await request(app(head)).get('/scorecards/2026-Q4/surgery')).status).toBe(200);
  });
});

describe('a month with few answers', () => {
  test('stands beside the sum of up to twelve months, as page, JSON and mail', async () => {
    const json = await request(app(head)).get('/api/v1/scorecards/2026-11/surgery').expect(200);
    const page = await request(app(head)).get('/scorecards/2026-11/surgery').expect(200);
    const mail = await world.slice.renderScorecardMail('2026-11', 'surgery', 1, 'zh-Hans');

    const { rollingSum } = json.body as { rollingSum: PresentedScorecard };
    expect(attitudeOf(json.body as PresentedScorecard)).toMatchObject({
      n: 11,
      satisfied: { x: 11, value: null },
    });
    expect(attitudeOf(rollingSum)).toMatchObject({ n: 32, satisfied: { x: 30, value: 30 / 32 } });
    for (const text of [page.text, mail.text, mail.html]) {
      expect(text).toContain('合计（2026年7月至2026年11月）');
      expect(text).toContain('93.8%');
    }
  });

  test('leaves a month’s small sum out until the quarter is closed', async () => {
    const august = await request(app(head)).get('/api/v1/scorecards/2026-08/surgery').expect(200);

    expect((august.body as { rollingSum: unknown }).rollingSum).toBeNull();
  });

  test('a month with enough answers has none', async () => {
    const november = await request(app(office)).get('/api/v1/scorecards/2026-11/cardiology').expect(200);

    expect((november.body as { rollingSum: unknown }).rollingSum).toBeNull();
  });
});
