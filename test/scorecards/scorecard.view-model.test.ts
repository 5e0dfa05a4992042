import { describe, expect, test } from '@jest/globals';
import { presentScorecard } from '../../src/scorecards/present-scorecard.ts';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import { buildScorecardView } from '../../src/scorecards/scorecard.view-model.ts';
import type { ScorecardView } from '../../src/scorecards/scorecard.view-model.ts';
import { listedMonths } from '../../src/scorecards/scorecard-list.view-model.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { SurveyMode } from '../../src/survey-responses/survey-response.ts';
import type { Locale } from '../../src/shared/localized-text.ts';
import type { Answers } from '../support/scorecard-month.ts';
import { callTally, catalogue, discharged, tallyOf, words } from '../support/scorecard-month.ts';
import { testTranslate } from '../support/test-app.ts';

const hospitalName = words('Hospital');

function cardOf(
  answers: readonly Answers[],
  previous: Scorecard | null = null,
  calls = [callTally('cardiology', {})],
): Scorecard {
  const [card] = buildScorecards({
    period: '2026-10',
    revision: 1,
    cutoffAt: new Date('2026-11-13T00:00:00Z'),
    tally: tallyOf(answers),
    calls,
    departments: [{ code: 'cardiology', name: words('心内科') }],
    hospitalName,
    catalogue,
    previous: new Map(previous ? [['cardiology', previous]] : []),
  });
  if (!card) throw new Error('There is no card.');
  return card;
}

function viewOf(card: Scorecard, locale: Locale = 'zh-Hans'): ScorecardView {
  return buildScorecardView(presentScorecard(card), {
    locale,
    t: testTranslate,
    hospitalName,
    formatTime: createHospitalTime('Asia/Shanghai').format,
    contentHash: '0123456789abcdef',
    revisionNote: null,
    rollingSum: null,
    latestRevision: null,
    url: 'https://example.cn/scorecards/2026-10/cardiology',
  });
}

const of100 = (code: string, very: number, mode: SurveyMode = 'web'): readonly Answers[] => [
  { count: very, mode, chosen: { [code]: 'very' } },
  { count: 100 - very, mode, chosen: { [code]: 'poor' } },
];

const withDischarged = (very: number): readonly Answers[] => [
  ...of100('attitude', very),
  { count: 40, form: discharged, chosen: { overall: 'very' } },
];

describe('the words of a scorecard', () => {
  test('an unchanged month says so in sentence and subject', () => {
    const view = viewOf(cardOf(of100('attitude', 82), cardOf(of100('attitude', 80))));

    expect(view.headline.sentence).toBe('与上月无明显差别（正常波动）');
    expect(view.subject).toBe('心内科 2026年10月满意度月报：与上月无明显差别（正常波动）');
    expect(view.sections[0]?.items[0]).toMatchObject({ change: '无明显差别', changeTone: 'same' });
  });

  test('a fall names the item, both months, interval and n, and asks one thing of the head', () => {
    // 65 of 100: Wilson 55.25–73.64 % (UKHSA); last month 90 of 100. 0.65 − 0.90 = −25.0 points, Newcombe: Wilson of 90/100
    // is 82.56–94.48 %, so low = −0.25 − √(0.0975² + 0.0448²) = −0.3573, high = −0.25 + √(0.0864² + 0.0744²) = −0.1360.
    const view = viewOf(cardOf(of100('attitude', 65), cardOf(of100('attitude', 90))));

    expect(view.subject).toBe('心内科 2026年10月满意度月报：显著下降，“attitude”90.0%→65.0%');
    expect(view.headline.attention).toEqual([
      '“attitude”满意率 65.0%（95% 区间 55.3%–73.6%，100 份）；▼ 下降 25.0 个百分点（上月 90.0%，100 份；差值 95% 区间 −35.7 至 −13.6 个百分点）',
    ]);
    expect(view.headline.praise).toEqual([]);
    expect(view.headline.nextStep).toContain('“attitude”下降的原因');
    expect(view.sections[0]?.items[0]).toMatchObject({
      change: '▼ −25.0 个百分点',
      changeTone: 'down',
      bar: 65,
    });
  });

  test.each<[string, readonly Answers[], string]>([
    ['nothing', [], '本月无有效问卷'],
    ['19 answers', [{ count: 19, chosen: { overall: 'very' } }], '样本少，只列份数，不作比较'],
    ['a first month', of100('attitude', 80), '没有上月数据，不作比较'],
  ])('with %s the sentence says why nothing is compared', (_name, answers, sentence) => {
    expect(viewOf(cardOf(answers)).headline.sentence).toBe(sentence);
  });

  test('other modes than last month are named as the reason', () => {
    const byPhone = of100('attitude', 80, 'phone');

    expect(viewOf(cardOf(byPhone, cardOf(of100('attitude', 80)))).headline.sentence).toBe(
      '调查方式与上月不同，不作比较',
    );
  });

  test('few answers are printed as counts, without percentage, interval or bar', () => {
    const view = viewOf(
      cardOf([
        { count: 17, chosen: { overall: 'very' } },
        { count: 2, chosen: { overall: 'poor' } },
      ]),
    );

    expect(view.sections[0]?.items[0]).toMatchObject({
      n: '19',
      satisfied: '17/19',
      interval: '',
      meanScore: '–',
      hasBar: false,
    });
  });

  test('rounding is half away from zero, to one decimal', () => {
    // 1 of 80 not satisfied: 98.75 % → 98.8 %. Mean: 79 × 100 / 80 = 98.75 → 98.8.
    const view = viewOf(
      cardOf([
        { count: 79, chosen: { overall: 'very' } },
        { count: 1, chosen: { overall: 'poor' } },
      ]),
    );

    expect(view.sections[0]?.items[0]).toMatchObject({
      satisfied: '98.8%',
      meanScore: '98.8',
      caution: '谨慎解读',
    });
  });

  test('an item outside the hospital’s 99.8 % funnel needs attention or goes well, with no rank', () => {
    const others = { count: 400, departmentCode: 'surgery', chosen: { attitude: 'very' } };
    const low = viewOf(cardOf([...of100('attitude', 60), others]));

    expect(low.sections[0]?.items[0]?.standing).toBe('低于全院');
    expect(low.headline.attention).toEqual([
      // Hospital: (60 + 400) of 500 = 92.0 %.
      '“attitude”满意率 60.0%（95% 区间 50.2%–69.1%，100 份）；低于全院 92.0%',
    ]);
    expect(low.headline.nextStep).toContain('请先改进“attitude”');
  });

  test('calls give each rate with its count, and say when no clinical follow-up is on record', () => {
    // RR1 = 33/60 = 55 %, COOP1 = 33/45 = 73.3 %, REF1 = 12/60 = 20 %, CON1 = 45/60 = 75 %.
    const calls = [callTally('cardiology', { I: 33, R: 12, NC: 15 })];
    const lines = new Map(viewOf(cardOf([], null, calls)).calls.map(({ label, value }) => [label, value]));

    expect(Object.fromEntries(lines)).toMatchObject({
      出院人数: '60',
      接通: '45',
      完成问卷: '33',
      拒访: '12',
      '问卷完成率 RR1': '55.0%（33/60）',
      '接通后完成率 COOP1': '73.3%（33/45）',
      '拒访率 REF1': '20.0%（12/60）',
      '接通率 CON1': '75.0%（45/60）',
      '出院患者随访比例（指标 21）': '未登记临床随访',
    });
  });

  test('the notes give cut-off in hospital time, revision, hash, the method and whose figure it is', () => {
    const notes = viewOf(cardOf(of100('attitude', 80))).notes.join('\n');

    for (const part of [
      '2026-11-13 08:00',
      '第 1 版',
      '0123456789ab',
      'Wilson',
      'Holm',
      '不是国家平台得分',
    ]) {
      expect(notes).toContain(part);
    }
  });

  test('items of two patient groups are told apart by the group', () => {
    const view = viewOf(cardOf(withDischarged(60), cardOf(withDischarged(90))));

    expect(view.headline.attention[0]).toContain('outpatient“attitude”');
  });

  test.each<Locale>(['zh-Hans', 'zh-Hant', 'en'])('every sentence is there in %s', (locale) => {
    const rates = { RR1: { x: 30, n: 60, value: 0.5 }, COOP1: null, REF1: null, CON1: null };
    const printed = { attempted: 50, reached: null, completed: 30, rates };
    const final = { ...printed, attempted: null };
    const card = cardOf(of100('attitude', 65), cardOf(of100('attitude', 90)));
    const previousCalls = { period: '2026-09', revision: 1, printed, final };
    const view = viewOf({ ...card, previousCalls }, locale);

    expect(view.finalCalls?.lines.map(({ label }) => label)).toHaveLength(3);
    // A first revision of a month with enough answers has neither.
    expect([view.correction, view.rolling]).toEqual([null, null]);
    expect(JSON.stringify({ ...view, correction: '', rolling: '' })).not.toMatch(/\{\{|undefined|NaN|null/);
  });
});

describe('the months of the list', () => {
  test('are the present one, the one before and everything closed, newest first', () => {
    expect(listedMonths('2026-11', []).map(({ period }) => period)).toEqual(['2026-11', '2026-10']);
    expect(listedMonths('2026-11', ['2026-08', '2026-07'])).toEqual([
      { period: '2026-11', closed: false },
      { period: '2026-10', closed: false },
      { period: '2026-09', closed: false },
      { period: '2026-08', closed: true },
      { period: '2026-07', closed: true },
    ]);
  });
});
