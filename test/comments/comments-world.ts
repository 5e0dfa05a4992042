import type { Express } from 'express';
import { guardFor } from '../../src/accounts/guard.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { wireComments } from '../../src/comments/comments.wiring.ts';
import type { CommentsSlice } from '../../src/comments/comments.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Principal, Role } from '../../src/shared/principal.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import type { Submission } from '../../src/survey-responses/survey-response.ts';
import { shippedForm } from '../survey-forms/support.ts';
import { openSurveyWorld, submission } from '../survey-responses/survey-world.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';
import { createTestApp, testTemplates, testTranslate, testShell } from '../support/test-app.ts';

/** Answers of patients and the office's work on their words, on a real database; 20 October 2026. */
export interface CommentsWorld {
  readonly slice: CommentsSlice;
  readonly surveys: SurveyWorld;
  readonly audit: Omit<AuditEvent, 'at'>[];
  /** Stores an answer; gives its submission id. */
  readonly answer: (changes: Partial<Submission>) => Promise<string>;
  /** Takes the words out of an answer, or changes its comment, as an erasure does. */
  readonly eraseWords: (submissionId: string, comment?: string) => Promise<void>;
  readonly decisions: () => Promise<readonly Record<string, unknown>[]>;
  /** Everything over HTTP for one role; two of a role are two people. */
  readonly as: (role: Role, person?: string) => Express;
  readonly clear: () => Promise<void>;
}

/** Opens the world; drop `surveys.database` afterwards. */
export async function openCommentsWorld(): Promise<CommentsWorld> {
  const surveys = await openSurveyWorld();
  const { connection } = surveys.database;
  const audit: Omit<AuditEvent, 'at'>[] = [];
  const slice = wireComments({
    connection,
    clock: { now: () => new Date('2026-10-20T04:00:00Z') },
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    recordAuditEvent: (event) => {
      audit.push(event);
      return Promise.resolve();
    },
    ...surveys.slice,
    catalogue: createCatalogue([shippedForm('outpatient'), shippedForm('inpatient')], locales),
    staffNames: () => Promise.resolve(['李强', '王芳']),
    rulesFile: `${projectRoot()}/config/privacy/deidentification.json`,
    minimum: 8,
    purgeSchedule: '30 3 * * *',
    guard: guardFor,
    departments: () =>
      Promise.resolve([{ code: 'internal-medicine', name: { 'zh-Hans': '内科', en: 'Internal Medicine' } }]),
    translate: testTranslate,
    renderPage: testTemplates().page,
    shell: testShell,
  });
  await surveys.database.buildIndexes();
  const decisions = connection.collection('commentDecisions');
  return {
    slice,
    surveys,
    audit,
    answer: async (changes) => {
      const { receipt } = await surveys.slice.submitSurveyResponse(submission(changes), openSource);
      return receipt.submissionId;
    },
    eraseWords: async (submissionId, comment) => {
      const words = { $set: { comment: comment ?? null, praise: null, texts: [] } };
      await connection.collection('surveyResponses').updateOne({ _id: submissionId as never }, words);
    },
    decisions: () => decisions.find().toArray(),
    as: (role, person = role) => {
      const departments = role === 'head' || role === 'nurse' ? ['internal-medicine'] : 'all';
      const principal: Principal = {
        accountId: `a-${person}`,
        username: person,
        displayName: person,
        roles: [{ role, departments }],
        mustChangePassword: false,
      };
      return createTestApp({ routes: [...slice.routes, ...slice.pages], principal });
    },
    clear: async () => {
      audit.length = 0;
      await decisions.deleteMany({});
      await surveys.clear();
    },
  };
}
