import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../../src/shared/domain-error.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { receiveSurveyPage } from '../../src/survey-responses/receive-survey-page.ts';
import type { PageOutcome } from '../../src/survey-responses/receive-survey-page.ts';
import type { SurveyPageFields } from '../../src/survey-responses/survey-page-fields.ts';

const fields: SurveyPageFields = {
  submissionId: randomIds.newId(),
  formId: 'outpatient',
  formVersion: 1,
  'answer.overall': 'satisfied',
};

function receive(failure: Error, unavailable: boolean): Promise<PageOutcome> {
  const submitSurveyResponse = (): Promise<never> => Promise.reject(failure);
  return receiveSurveyPage(
    { submitSurveyResponse, isUnavailable: () => unavailable },
    fields,
    'surgery',
    'en',
  );
}

describe('a page that cannot be stored', () => {
  test('because the database is away is told so, to be sent again', async () => {
    expect(await receive(new Error('no server'), true)).toEqual({ kind: 'not-stored' });
  });

  test('for a reason nobody expected is an error, never a thank-you', async () => {
    await expect(receive(new Error('boom'), false)).rejects.toThrow('boom');
  });

  test('because its source has answered already stays that conflict', async () => {
    const answered = new DomainError('conflict', 'already_answered', 'Answered.');

    await expect(receive(answered, false)).rejects.toBe(answered);
  });
});
