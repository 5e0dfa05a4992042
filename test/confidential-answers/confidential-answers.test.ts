import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import type { ToldEvent } from '../../src/audit/audit-event.ts';
import { wireConfidentialAnswers } from '../../src/confidential-answers/confidential-answers.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Role } from '../../src/shared/principal.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import { shippedForm } from '../survey-forms/support.ts';
import { openSurveyWorld, submission } from '../survey-responses/survey-world.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';
import { person } from '../support/scorecards-world.ts';
import { createTestApp, testTemplates, testShell } from '../support/test-app.ts';

/* What patients say about 红包 reaches the ethics inspection, and nobody else. */

let world: SurveyWorld;
let told: Omit<ToldEvent, 'at'>[];
let app: (role: Role) => Express;

const answer = async (departmentCode: string, said: string): Promise<void> => {
  const sent = submission({
    departmentCode,
    answers: { overall: 'satisfied', 'doctor-attitude': 'very-satisfied', 'red-packet': said },
    comment: '只有我知道的事',
  });
  await request(world.app(null)).post('/api/v1/survey-responses').send(sent).expect(201);
};

const api = (query: string) => request(app('ethics')).get(`/api/v1/confidential-answers?${query}`);

interface Month {
  readonly counts: readonly Readonly<Record<string, string | number>>[];
  readonly answers: readonly unknown[];
}

const monthOf = async (query: string): Promise<Month> => (await api(query).expect(200)).body as Month;

beforeAll(async () => {
  world = await openSurveyWorld();
  told = [];
  const hospitalTime = createHospitalTime('Asia/Shanghai');
  const slice = wireConfidentialAnswers({
    countConfidential: world.slice.countConfidential,
    listConfidential: world.slice.listConfidential,
    recordAuditEvent: async (event) => void told.push(event),
    catalogue: createCatalogue([shippedForm('outpatient')], locales),
    departmentNames: async () => new Map([['surgery', '外科']]),
    today: () => '2026-10-20',
    dateOf: hospitalTime.dateOf,
    guard: guardFor,
    renderPage: testTemplates().page,
    shell: testShell,
  });
  app = (role) =>
    createTestApp({ routes: [...slice.routes, ...slice.pages], principal: person(role, 'all') });
  await answer('surgery', 'yes');
  await answer('surgery', 'no');
  await answer('internal-medicine', 'no');
  world.setTrial(true);
  await answer('surgery', 'yes');
  world.setTrial(false);
});
afterAll(() => world.database.drop());

describe('confidential answers', () => {
  test('are counted by department and option, those of a trial not', async () => {
    const { counts, answers } = await monthOf('period=2026-10');

    const rows = counts.map(({ departmentCode, item, option, count }) =>
      [departmentCode, item, option, count].join(' '),
    );
    expect(new Set(rows)).toEqual(
      new Set(['internal-medicine red-packet no 1', 'surgery red-packet no 1', 'surgery red-packet yes 1']),
    );
    expect(answers).toEqual([]);
  });

  test('are listed with department, group, mode and day of one choice, and nothing else of the sheet, not even the hour', async () => {
    const month = await monthOf('period=2026-10&item=red-packet&option=yes');

    expect(month.answers).toEqual([
      {
        departmentCode: 'surgery',
        patientGroup: 'outpatient',
        mode: 'web',
        receivedOn: '2026-10-20',
      },
    ]);
    expect(JSON.stringify(month)).not.toMatch(/只有我知道|T\d\d:/);
  });

  test('are a page of numbers that lead to the days', async () => {
    const { text } = await request(app('ethics')).get('/confidential-answers').expect(200);
    expect(text).toContain('有没有工作人员向您要过红包或礼物？');
    const href = /href="(\/confidential-answers\?[^"]*option&#x3D;yes[^"]*)#answers"/.exec(text)?.[1] ?? '';

    const days = await request(app('ethics')).get(href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'));
    expect(days.text).toContain('外科 <span class="number">2026-10-20</span>');
  });

  test('each reading is told to the audit trail before the answer', async () => {
    told.length = 0;
    await api('period=2026-10&item=red-packet&option=yes').expect(200);

    expect(told).toMatchObject([{ action: 'confidential-answer.list', subject: 'period/2026-10' }]);
  });

  test.each<Role>(['admin', 'office', 'director', 'head', 'nurse', 'auditor', 'call-supervisor'])(
    'are shut to %s',
    async (role) => {
      const answers = await request(app(role)).get('/api/v1/confidential-answers?period=2026-10');
      const page = await request(app(role)).get('/confidential-answers');

      expect([answers.status, page.status]).toEqual([403, 403]);
    },
  );

  test.each([
    ['a month that is none', 'period=2026-13', 422],
    ['a question without an option', 'period=2026-10&item=red-packet', 400],
    ['no month', '', 400],
  ])('%s is refused', async (_what, query, status) => {
    const answered = await api(query);

    expect(answered.status).toBe(status);
  });
});
