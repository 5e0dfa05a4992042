import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { Job } from '../jobs/job.ts';
import { contentHash } from '../shared/content-hash.crypto.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { periodOf } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { FindWritten, ListWritten } from '../survey-responses/written-answer.ts';
import type { IsConfidential } from './comment.ts';
import { createCommentPages } from './comment.pages.ts';
import type { CommentPagesDeps } from './comment.pages.ts';
import { createCommentRoutes } from './comment.routes.ts';
import type { CommentUseCases } from './comment.routes.ts';
import { createCommentDecisionStore } from './comment.store.ts';
import { createDecideComment } from './decide-comment.ts';
import { compileRules } from './deidentification-rules.ts';
import { readDeidentificationFile } from './deidentification.schema.ts';
import { readRulesFile } from './deidentification-file.node.ts';
import { createListComments } from './list-comments.ts';
import { createOpenComment } from './open-comment.ts';
import { createProposeTexts } from './propose-text.ts';
import { createPurgeComments } from './purge-comments.ts';
import { createPurgeCommentsJob } from './purge-comments.job.ts';
import { createReadReleasedComments } from './released-comments.ts';
import type { ReadReleasedComments } from './released-comments.ts';

/** What the slice is handed. */
export interface CommentsDeps extends Omit<
  CommentPagesDeps,
  keyof CommentUseCases | 'forms' | 'currentPeriod' | 'formatTime'
> {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly listWritten: ListWritten;
  readonly findWritten: FindWritten;
  readonly catalogue: Pick<SurveyFormCatalogue, 'find' | 'all'>;
  /** Full names of the staff register. */
  readonly staffNames: () => Promise<readonly string[]>;
  /** File of the rules. */
  readonly rulesFile: string;
  /** Answers of a patient group from which on its words are shown to the department. */
  readonly minimum: number;
  readonly purgeSchedule: string;
}

/** Words of patients: de-identified, released by the office, read by the department. */
export interface CommentsSlice {
  readonly readReleasedComments: ReadReleasedComments;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
  /** Erases decisions whose words were erased or changed in their answer. */
  readonly purge: () => Promise<number>;
}

function formsOf({ catalogue }: CommentsDeps): CommentPagesDeps['forms'] {
  return [...new Map(catalogue.all().map(({ id, title }) => [id, { id, title }])).values()];
}

/** Builds the slice. Throws when the file of the rules is not right. */
export function wireComments(deps: CommentsDeps): CommentsSlice {
  const rules = compileRules(readDeidentificationFile(readRulesFile(deps.rulesFile)));
  const decisions = createCommentDecisionStore(deps.connection);
  const isConfidential: IsConfidential = (formId, version, code) =>
    deps.catalogue.find(formId, version)?.items.find((item) => item.code === code)?.confidential ?? true;
  const known = { ...deps, decisions, isConfidential, rules, hashWords: contentHash };
  const proposeTexts = createProposeTexts(known);
  const purge = createPurgeComments(known);
  const useCases: CommentUseCases = {
    proposeTexts,
    listComments: createListComments(known),
    openComment: createOpenComment({ ...known, proposeTexts }),
    decideComment: createDecideComment(known),
  };
  return {
    readReleasedComments: createReadReleasedComments(known),
    routes: createCommentRoutes({ ...deps, ...useCases }),
    pages: createCommentPages({
      ...deps,
      ...useCases,
      forms: formsOf(deps),
      formatTime: deps.hospitalTime.format,
      currentPeriod: () => periodOf(deps.hospitalTime.dateOf(deps.clock.now())),
    }),
    purge,
    jobs: [createPurgeCommentsJob({ schedule: deps.purgeSchedule, purge })],
  };
}
