import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { SurveyFormView } from '../../src/survey-forms/survey-form.view-model.ts';
import { wireSurveyForms } from '../../src/survey-forms/survey-forms.wiring.ts';
import { createTestApp, testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { formFile, inAll, shippedFolder } from './support.ts';

const databases: TestDatabase[] = [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'survey-forms-'));
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.drop()));
  await rm(folder, { recursive: true });
});

/** A service of its own, with its database, at a moment. */
async function appAt(now: string, from: string): Promise<Express> {
  const database = await openTestDatabase();
  databases.push(database);
  const { routes } = await wireSurveyForms({
    connection: database.connection,
    folder: from,
    languages: locales,
    clock: { now: () => new Date(now) },
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    translate: testTranslate,
  });
  return createTestApp({ routes });
}

describe('GET /api/v1/survey-forms/:patientGroup', () => {
  test('gives the form in force in the language asked for, without who answers for an item', async () => {
    const app = await appAt('2026-10-31T00:00:00Z', shippedFolder);

    const english = await request(app)
      .get('/api/v1/survey-forms/outpatient')
      .set('Accept-Language', 'en')
      .expect(200);
    const chinese = await request(app)
      .get('/api/v1/survey-forms/outpatient')
      .set('Accept-Language', 'zh-CN')
      .expect(200);

    expect(english.body).toMatchObject({ id: 'outpatient', version: 1, patientGroup: 'outpatient' });
    const view = english.body as SurveyFormView;
    expect(view.items[1]).toEqual({
      code: 'waiting-time',
      dimension: 'service',
      kind: 'choice',
      required: false,
      text: 'Are you satisfied with how long you waited to see the doctor?',
      label: 'Waiting time',
      options: expect.arrayContaining([{ code: 'very-satisfied', text: 'Very satisfied', score: 100 }]),
    });
    expect((chinese.body as SurveyFormView).items[3]?.options[0]?.text).toBe('非常满意');
  });

  test('answers 404 survey_form_not_found for a group without a form', async () => {
    const app = await appAt('2026-10-31T00:00:00Z', shippedFolder);

    const response = await request(app).get('/api/v1/survey-forms/veterinary').expect(404);

    expect(response.body).toMatchObject({ code: 'survey_form_not_found' });
  });

  test("changes to a new version at the hospital's midnight", async () => {
    const first = formFile({ title: inAll('一') });
    const second = formFile({ version: 2, effectiveFrom: '2026-07-01', title: inAll('二') });
    await writeFile(join(folder, 'first.json'), `\uFEFF${JSON.stringify(first)}`);
    await writeFile(join(folder, 'second.json'), JSON.stringify(second));
    await writeFile(join(folder, 'notes.txt'), 'not a form');
    const formAt = async (now: string): Promise<unknown> => {
      const app = await appAt(now, folder);
      const response = await request(app).get('/api/v1/survey-forms/sample').expect(200);
      return response.body;
    };

    expect(await formAt('2026-06-30T15:59:59Z')).toMatchObject({ version: 1 });
    expect(await formAt('2026-06-30T16:00:00Z')).toMatchObject({ version: 2 });
  });

  test('does not start on a folder that is not there', async () => {
    await expect(appAt('2026-10-31T00:00:00Z', join(folder, 'nowhere'))).rejects.toThrow(/cannot be read/);
  });
});
