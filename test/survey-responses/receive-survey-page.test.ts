import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Admission } from '../../src/http/form-limit.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { receiveSurveyPage } from '../../src/survey-responses/receive-survey-page.ts';
import type { PageOutcome, PostedPage } from '../../src/survey-responses/receive-survey-page.ts';
import type { SurveyPageFields } from '../../src/survey-responses/survey-page-fields.ts';

const fields: SurveyPageFields = {
  submissionId: randomIds.newId(),
  formId: 'outpatient',
  formVersion: 1,
  'answer.overall': 'satisfied',
};

let givenBack: string[] = [];
const give = (what: string) => (): Promise<void> => {
  givenBack.push(what);
  return Promise.resolve();
};

const admit = (): Promise<Admission> =>
  Promise.resolve({ giveBack: give('ticket and device'), giveBackAll: give('address too') });
const posted: PostedPage = { fields, departmentCode: 'surgery', locale: 'en' };

function receive(failure: Error, unavailable: boolean): Promise<PageOutcome> {
  const submitSurveyResponse = (): Promise<never> => Promise.reject(failure);
  const deps = { submitSurveyResponse, isUnavailable: () => unavailable };
  return receiveSurveyPage(deps, posted, admit);
}

beforeEach(() => {
  givenBack = [];
});

describe('a page that cannot be stored', () => {
  test('because the database is away is told so, to be sent again', async () => {
    expect(await receive(new Error('no server'), true)).toEqual({ kind: 'not-stored' });
    expect(givenBack).toEqual(['address too']);
  });

  test('for a reason nobody expected is an error, never a thank-you', async () => {
    await expect(receive(new Error('boom'), false)).rejects.toThrow('boom');
    expect(givenBack).toEqual(['ticket and device']);
  });

  test('because its source has answered already stays that conflict', async () => {
    const answered = new DomainError('conflict', 'already_answered', 'Answered.');

    await expect(receive(answered, false)).rejects.toBe(answered);
  });

  test('because too many came says when to send it again, and nothing was submitted', async () => {
    const refusal = new DomainError('too-many', 'too_many_requests', 'Wait.', { retryAfterSeconds: 7 });
    const deps = {
      submitSurveyResponse: () => Promise.reject(new Error('asked')),
      isUnavailable: () => false,
    };

    const outcome = await receiveSurveyPage(deps, posted, () => Promise.reject(refusal));

    expect(outcome).toEqual({ kind: 'too-many', retryAfterSeconds: 7 });
  });
});
