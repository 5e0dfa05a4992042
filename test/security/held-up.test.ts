import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { fuzzClient } from './fuzz-client.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
    forcePasswordChange: true,
  });
}, 60_000);
afterAll(() => service.stop());

test('who must first change a one-time password enters no paper by the line that is open to patients', async () => {
  // The administrator's first password is one to change, too.
  const clerk = await fuzzClient(service.baseUrl, { username: 'admin', password: adminPassword });

  const answer = await clerk.send({
    method: 'POST',
    path: '/api/v1/survey-responses',
    type: 'application/json',
    body: JSON.stringify({
      submissionId: randomUUID(),
      formId: 'outpatient',
      formVersion: 1,
      departmentCode: 'internal-medicine',
      mode: 'paper',
      answeredOn: '2026-11-01',
      answers: { overall: 'very-satisfied' },
    }),
  });

  expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([
    403,
    'password_change_required',
  ]);
  expect(await service.stored('surveyResponses')).toEqual([]);
});
