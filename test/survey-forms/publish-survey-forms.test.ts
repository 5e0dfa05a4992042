import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { publishSurveyForms } from '../../src/survey-forms/publish-survey-forms.ts';
import { createSurveyFormStore } from '../../src/survey-forms/survey-form.store.ts';
import type { SurveyFormStore } from '../../src/survey-forms/survey-form.store.ts';
import type { SurveyFormFile } from '../../src/survey-forms/survey-form-file.ts';
import type { SurveyForm } from '../../src/survey-forms/survey-form.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { formFile, inAll, parse, shippedFiles } from './support.ts';

let database: TestDatabase;
let store: SurveyFormStore;
beforeAll(async () => {
  database = await openTestDatabase();
  store = createSurveyFormStore(database.connection);
});
beforeEach(async () => {
  await database.connection.collection('surveyForms').deleteMany({});
});
afterAll(() => database.drop());

function publishTexts(
  texts: readonly string[],
  now = '2026-01-05T02:00:00Z',
): Promise<readonly SurveyForm[]> {
  return publishSurveyForms({
    readFiles: () => Promise.resolve(texts.map((text, index) => ({ name: `file-${index}.json`, text }))),
    parse,
    store,
    languages: locales,
    clock: { now: () => new Date(now) },
    hospitalTime: createHospitalTime('Asia/Shanghai'),
  });
}
const publish = (...files: readonly SurveyFormFile[]) =>
  publishTexts(files.map((file) => JSON.stringify(file)));
const names = async () => (await store.all()).map(({ form }) => `${form.id}@${form.version}`);

describe('publishing survey forms', () => {
  test('stores the shipped forms whole, and reads them back as they were', async () => {
    const published = await publishTexts(shippedFiles().map(({ text }) => text));

    expect((await store.all()).map(({ form }) => form)).toEqual(published);
    expect(await names()).toEqual(shippedFiles().map(({ name }) => name.replace('.json', '@1')));
  });

  test('does nothing the second time', async () => {
    await publish(formFile());
    const [first] = await store.all();
    await publishTexts([JSON.stringify(formFile(), null, 4)], '2026-03-01T00:00:00Z');

    expect(await store.all()).toEqual([first]);
  });

  test('refuses a changed file under the same version, saying which, since when and what to do', async () => {
    await publish(formFile());
    const before = await store.all();

    await expect(publish(formFile({ title: inAll('改过的标题') }))).rejects.toMatchObject({
      code: 'survey_forms_refused',
      message: expect.stringMatching(
        /sample@1: The file has changed since this version was published on 2026-01-05 10:00.*raise "version"/,
      ),
    });
    expect(await store.all()).toEqual(before);
  });

  test('adds a new version beside the old one', async () => {
    await publish(formFile());
    const published = await publish(
      formFile({ version: 2, effectiveFrom: '2026-07-01', title: inAll('新') }),
    );

    expect(await names()).toEqual(['sample@1', 'sample@2']);
    expect(published.map(({ version }) => version)).toEqual([1, 2]);
  });

  test('keeps a version usable whose file is gone', async () => {
    await publish(formFile());

    const published = await publish();

    expect(published.map(({ id, version }) => `${id}@${version}`)).toEqual(['sample@1']);
  });

  test('publishes nothing when any file has a problem, and lists the problems of all files', async () => {
    const attempt = publishTexts([
      JSON.stringify(formFile()),
      '{',
      JSON.stringify(formFile({ id: 'other', patientGroup: 'BAD' })),
    ]);

    await expect(attempt).rejects.toMatchObject({
      errors: [{ code: 'not_json' }, { code: 'form_code', pointer: '/other@1/patientGroup' }],
    });
    expect(await names()).toEqual([]);
  });

  test.each([
    ['two files of one version', 'version_repeated', formFile({ title: inAll('另一') })],
    [
      'a newer version that starts earlier',
      'effective_from_order',
      formFile({ version: 2, effectiveFrom: '2025-12-31' }),
    ],
    ['two forms of one group from the same day', 'same_start', formFile({ id: 'twin' })],
  ])('refuses %s', async (_what, code, file) => {
    await expect(publish(formFile(), file)).rejects.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ code })]),
    });
  });

  test('lets two instances start at once with the same files', async () => {
    const started = await Promise.all(Array.from({ length: 8 }, () => publish(formFile())));

    expect(started.every((forms) => forms.length === 1)).toBe(true);
    expect(await names()).toEqual(['sample@1']);
  });

  test('lets one of two instances with different files under one version start, never both', async () => {
    const one = formFile();
    const other = formFile({ title: inAll('另一') });

    const started = await Promise.allSettled([publish(one), publish(other)]);

    expect(started.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await names()).toEqual(['sample@1']);
  });
});
