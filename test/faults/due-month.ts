import { randomBytes } from 'node:crypto';
import { daysOf } from '../../src/shared/reporting-period.ts';
import { submission } from '../journeys/loop-answers.ts';
import { latestDuePeriod } from '../support/due-period.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { dataFolder, onDatabase, startBuilt, startServiceProcess } from '../support/service-process.ts';
import type { ServiceProcess, StoredDocument } from '../support/service-process.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { startTestService } from '../support/test-service.ts';

/** A database whose last month is due: the next start of a service closes it and mails it. */
export interface DueMonth {
  readonly period: string;
  readonly dbName: string;
  readonly stored: (collection: string) => Promise<readonly StoredDocument[]>;
  readonly change: (collection: string, filter: object, set: object) => Promise<void>;
  /** A process of the service on this database. */
  readonly start: () => Promise<ServiceProcess>;
  /** Resolves when the start of a process has done what was due. */
  readonly caughtUp: (service: ServiceProcess) => Promise<void>;
  /** What `npm run audit:verify` says, and the code it ends with. */
  readonly verifyAudit: () => Promise<{ readonly code: number | null; readonly said: string }>;
  readonly drop: () => Promise<void>;
}

/** The administrator's password. */
export const adminPassword = 'plum blossom in the snow';

const uri = process.env['TEST_MONGODB_URI'] ?? '';
const caughtUpMs = 90_000;
/** The instances of one hospital have the same keys. */
const keys = {
  SESSION_SECRET: randomBytes(32).toString('hex'),
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
  AUDIT_KEY: randomBytes(32).toString('base64'),
};

/** Answers of the month that is due, as they are stored; made once for many databases. */
export async function dueAnswers(smtp: SmtpTestServer): Promise<readonly StoredDocument[]> {
  const clock = movingClock(`${daysOf(latestDuePeriod(new Date())).last}T02:00:00Z`);
  const service = await startTestService({ clock, smtpUrl: smtp.url });
  try {
    const patient = httpClient(service.baseUrl);
    for (let i = 0; i < 12; i += 1) await patient.post('/api/v1/survey-responses', submission(i));
    return (await service.stored('surveyResponses')) as readonly StoredDocument[];
  } finally {
    await service.stop();
  }
}

/** A new database with these answers; its services mail to this server. */
export async function openDueMonth(
  answers: readonly StoredDocument[],
  smtp: SmtpTestServer,
): Promise<DueMonth> {
  const at = { uri, dbName: `due_${randomBytes(6).toString('hex')}` };
  await onDatabase(at, (on) => on.collection('surveyResponses').insertMany([...answers] as never));
  const stored: DueMonth['stored'] = (collection) =>
    onDatabase(
      at,
      (on) => on.collection(collection).find({}).toArray() as unknown as Promise<readonly StoredDocument[]>,
    );
  // Before and after a kill the same folder: what the trail keeps outside the database is compared with it.
  const environment = { DATA_DIR: dataFolder(), MONGODB_URI: uri, MONGODB_DATABASE: at.dbName, ...keys };
  return {
    period: latestDuePeriod(new Date()),
    dbName: at.dbName,
    stored,
    change: (collection, filter, set) =>
      onDatabase(at, async (on) => {
        await on.collection(collection).updateMany(filter, { $set: set });
      }),
    start: () =>
      startServiceProcess({
        ...environment,
        SMTP_URL: smtp.url,
        MAIL_FROM: 'office@hospital.test',
        ADMIN_PASSWORD: adminPassword,
        PUBLIC_SUBMITS: '1000000',
      }),
    caughtUp: async ({ pid }) => {
      const ended = async (): Promise<boolean> => {
        const runs = await stored('jobRuns');
        const own = runs.filter(
          ({ host, endedAt }) => String(host).endsWith(String(pid)) && endedAt !== null,
        );
        const jobs = new Set(own.map(({ job }) => job));
        return jobs.has('scorecards.reconcile') && jobs.has('scorecards.deliver');
      };
      await eventually('the start has done what was due', ended, caughtUpMs);
    },
    verifyAudit: async () => {
      const verifying = startBuilt('scripts/audit-verify.js', environment);
      const { code } = await verifying.ended;
      return { code, said: `${verifying.output()}${verifying.errors()}` };
    },
    drop: () => onDatabase(at, (on) => on.dropDatabase()).then(() => undefined),
  };
}
