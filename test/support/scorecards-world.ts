import type { Connection } from 'mongoose';
import { guardFor } from '../../src/accounts/guard.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import type { CallTally } from '../../src/follow-up-calls/follow-up-call.ts';
import { wireScorecards } from '../../src/scorecards/scorecards.wiring.ts';
import type { ScorecardsDeps, ScorecardsSlice } from '../../src/scorecards/scorecards.wiring.ts';
import { wireRevisions } from '../../src/scorecards/revisions.wiring.ts';
import type { RevisionsSlice } from '../../src/scorecards/revisions.wiring.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';
import type { LateAnswers } from '../../src/survey-responses/survey-response.ts';
import type { Answers } from './scorecard-month.ts';
import { catalogue, tallyOf, words } from './scorecard-month.ts';
import { testTemplates, testTranslate, testShell } from './test-app.ts';

/** Answers and calls of each month, a clock to turn, and the scorecards slice over a real database. */
export interface ScorecardsWorld {
  readonly answers: Map<string, Answers[]>;
  readonly calls: Map<string, CallTally[]>;
  readonly departments: string[];
  readonly audit: Omit<AuditEvent, 'at'>[];
  now: Date;
  readonly slice: ScorecardsSlice;
  readonly revisions: RevisionsSlice;
  /** How often the mails of a revision were asked for. */
  woken: number;
  readonly deps: ScorecardsDeps;
}

/** Somebody with one role. */
export function person(
  role: Principal['roles'][number]['role'],
  departments: 'all' | readonly string[],
): Principal {
  return {
    accountId: `account-${role}`,
    username: role,
    displayName: role,
    roles: [{ role, departments }],
    mustChangePassword: false,
  };
}

function lateOf(answers: readonly Answers[], since: Date): readonly LateAnswers[] {
  return answers
    .filter(({ receivedAt }) => receivedAt !== undefined && receivedAt >= since)
    .flatMap((late) =>
      tallyOf([late]).responses.map(({ completeness, validDimensions: _parts, count, ...segment }) =>
        Object.assign(segment, {
          complete: completeness === 'complete' ? count : 0,
          partial: completeness === 'partial' ? count : 0,
          firstReceivedAt: late.receivedAt ?? since,
          lastReceivedAt: late.receivedAt ?? since,
        }),
      ),
    );
}

/** October 2026 closes on 2026-11-13 08:00 in Shanghai; every other month on the 13th of the next too. */
export function openScorecardsWorld(connection: Connection): ScorecardsWorld {
  const answers = new Map<string, Answers[]>();
  const calls = new Map<string, CallTally[]>();
  const departments = ['cardiology', 'surgery', 'billing'];
  const audit: Omit<AuditEvent, 'at'>[] = [];
  const hospitalTime = createHospitalTime('Asia/Shanghai');
  const templates = testTemplates();
  const world = { now: new Date('2026-11-13T00:10:00Z'), woken: 0 };
  const deps: ScorecardsDeps = {
    connection,
    clock: { now: () => world.now },
    contentHash,
    tallyPeriod: async (period, cutoffAt) =>
      tallyOf((answers.get(period) ?? []).filter(({ receivedAt }) => !receivedAt || receivedAt < cutoffAt)),
    tallyCalls: async (period) => calls.get(period) ?? [],
    departments: async () => departments.map((code) => ({ code, name: words(`dept ${code}`) })),
    catalogue,
    hospitalName: words('Test hospital'),
    closingMoment: (period) => hospitalTime.momentOf(`${addMonths(period, 1)}-13`, '08:00'),
    settleMs: 60_000,
    guard: guardFor,
    renderPage: templates.page,
    listPraise: () => Promise.resolve([]),
    readReleasedComments: () => Promise.resolve({ n: 0, minimum: 8, comments: [] }),
    renderMail: templates.mail,
    translate: testTranslate,
    hospitalTime,
    shell: testShell,
    recordAuditEvent: async (event) => {
      audit.push(event);
    },
    staffBaseUrl: 'https://satisfaction.example.cn',
    log: silentLogger,
  };
  const slice = wireScorecards(deps);
  const revisions = wireRevisions({
    ...deps,
    ...slice,
    departments: async () => [],
    lateAnswers: async (period, since) => lateOf(answers.get(period) ?? [], since),
    wake: () => {
      world.woken += 1;
    },
  });
  return Object.assign(world, { answers, calls, departments, audit, deps, slice, revisions });
}
