import type { Connection } from 'mongoose';
import type { Route } from '../http/route.ts';
import type { Job } from '../jobs/job.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { periodOf, addDays } from '../shared/reporting-period.ts';
import { createRetention } from './end-retention.ts';
import type { Retention, RetentionDeps } from './end-retention.ts';
import { createErasePersons } from './erase-person.ts';
import type { ErasePersons, ErasePersonDeps } from './erase-person.ts';
import { createErasurePages } from './erasure.pages.ts';
import type { ErasurePagesDeps } from './erasure.pages.ts';
import { createErasureRoutes } from './erasure.routes.ts';
import { createErasureStore } from './erasure.store.ts';
import type { FieldEncryption } from './field-encryption.ts';
import type { PeriodSecretStore } from './period-secret.store.ts';
import { createCompleteErasuresJob, createEndRetentionJob } from './persons.job.ts';
import type { RetainedKind } from './retention.ts';
import { createRetentionRunStore } from './retention-run.store.ts';
import { createSealedErasures } from './sealed-erasures.store.ts';
import type { SealedRecords } from './sealed-records.ts';
import { createRetentionPages, createRetentionRoutes } from './retention.routes.ts';

/** What the slice is handed. */
export interface PersonsDeps
  extends
    Omit<ErasePersonDeps, 'erasures' | 'encryption'>,
    Omit<ErasurePagesDeps, 'erasePersons' | 'formatTime'>,
    Omit<RetentionDeps, 'runs' | 'kinds' | 'time'> {
  readonly connection: Connection;
  readonly keys: { readonly encryption: FieldEncryption };
  readonly hospitalTime: HospitalTime;
  readonly retained: readonly RetainedKind[];
  readonly periodSecrets: PeriodSecretStore;
  /** Days after the end of a month for which its secret is kept. */
  readonly sourceSecretDays: number;
  readonly schedule: string;
}

/** Erasure on request, and the end of what is kept no longer. */
export interface PersonsSlice {
  readonly erasePersons: ErasePersons;
  readonly retention: Retention;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
  /** Its encrypted fields, for the rotation of keys. */
  readonly sealed: readonly SealedRecords[];
}

/** The secrets of months as a kind of data that ends. */
function retainedSecrets({ periodSecrets, sourceSecretDays: days }: PersonsDeps): RetainedKind {
  return {
    kind: 'source-secrets',
    days,
    due: ({ today }) => periodSecrets.countBefore(periodOf(addDays(today, -days))),
    oldest: async () => {
      const period = await periodSecrets.oldest();
      return period && `${period}-01`;
    },
    end: ({ today }) => periodSecrets.destroyBefore(periodOf(addDays(today, -days))),
  };
}

/** What was released of words goes with them, not a night later. */
function withReleased(kind: RetainedKind, { purgeComments }: PersonsDeps): RetainedKind {
  if (kind.kind !== 'answer-words') return kind;
  return {
    ...kind,
    end: async (at) => {
      const ended = await kind.end(at);
      await purgeComments();
      return ended;
    },
  };
}

/** Builds the slice. */
export function wirePersons(deps: PersonsDeps): PersonsSlice {
  const { connection, hospitalTime } = deps;
  const erasures = createErasureStore(connection);
  const erasePersons = createErasePersons({ ...deps, erasures, encryption: deps.keys.encryption });
  const retention = createRetention({
    ...deps,
    time: hospitalTime,
    kinds: [...deps.retained.map((kind) => withReleased(kind, deps)), retainedSecrets(deps)],
    runs: createRetentionRunStore(connection),
  });
  const shown = { ...deps, erasePersons, retention, formatTime: hospitalTime.format };
  return {
    erasePersons,
    retention,
    routes: [...createErasureRoutes(shown), ...createRetentionRoutes(shown)],
    pages: [...createErasurePages(shown), ...createRetentionPages(shown)],
    sealed: [createSealedErasures(connection)],
    jobs: [
      createEndRetentionJob({ schedule: deps.schedule, end: retention.end }),
      createCompleteErasuresJob(erasePersons),
    ],
  };
}
