import type { Connection } from 'mongoose';
import type { Job } from '../jobs/job.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Logger } from '../shared/logger.ts';
import type { Route } from '../http/route.ts';
import type { NoteRefusal, WatchRequest } from '../http/watched-route.ts';
import { createAuditChain } from './audit-chain.ts';
import { lineOfRestore, markOf } from './audit-evidence.ts';
import type { AuditEvidence } from './audit-evidence.ts';
import { createAuditEventStore, defineAuditEvents } from './audit-event.store.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import type { RecordAuditEvent } from './audit-event.ts';
import { createAuditJobs } from './audit.job.ts';
import { createAuditPages } from './audit.pages.ts';
import type { AuditPagesDeps } from './audit.pages.ts';
import { createAuditRoutes } from './audit.routes.ts';
import { createAuditMac } from './audit-mac.crypto.ts';
import { createAuditSealStore } from './audit-seal.store.ts';
import { createAuditStateStore } from './audit-state.store.ts';
import { audited } from './audited.ts';
import type { Announced, RunAnnounced } from './audited.ts';
import { createBeginAuditTrail } from './begin-audit-trail.ts';
import type { BeginAuditTrail } from './begin-audit-trail.ts';
import { keepMark } from './keep-mark.ts';
import { createKeptVerification } from './keep-verification.ts';
import type { KeptVerification } from './keep-verification.ts';
import { createNoteRefusal } from './note-refusal.ts';
import { createReadAuditEvents } from './list-audit-events.ts';
import type { ListAuditEventsDeps } from './list-audit-events.ts';
import { createRecordAuditEvent } from './record-audit-event.ts';
import { createRemoveOldEvents } from './remove-old-events.ts';
import type { RemoveOldEvents } from './remove-old-events.ts';
import { createSealAuditDays } from './seal-audit-days.ts';
import type { SealAuditDays } from './seal-audit-days.ts';
import { createVerifyAuditTrail } from './verify-audit-trail.ts';
import type { VerifyAuditTrail } from './verify-audit-trail.ts';
import { createWatchScript } from './watch-script.ts';
import type { WatchScript } from './watch-script.ts';

/** What the slice is handed. */
export interface AuditDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly hospitalTime: HospitalTime;
  readonly log: Logger;
  /** The audit's own key: 32 bytes in base64. */
  readonly secret: string;
  /** What stands outside the database. */
  readonly evidence: AuditEvidence;
  /** The client's address of a request that is being answered. */
  readonly addressOf: (requestId: string) => string | undefined;
  readonly settings: {
    readonly retentionDays: number;
    readonly sealSchedule: string;
    readonly verifySchedule: string;
  };
}

/** The audit slice. */
export interface AuditSlice extends KeptVerification {
  readonly recordAuditEvent: RecordAuditEvent;
  /** Answers a request that changes or exports something, announced before and told after. */
  readonly watch: WatchRequest;
  /** Does what somebody asks for, announced before and told after. */
  readonly announced: RunAnnounced;
  /** Does what somebody at the server asks for with a command, announced before and told after. */
  readonly watchScript: WatchScript;
  /** Tells of a person whom a guard refused. */
  readonly noteRefusal: NoteRefusal;
  readonly store: AuditEventStore;
  readonly begin: BeginAuditTrail;
  readonly sealDays: SealAuditDays;
  readonly removeOldEvents: RemoveOldEvents;
  readonly verify: VerifyAuditTrail;
  readonly jobs: readonly Job[];
  /** To be told after a restore: what was written outside the database before it says nothing any more. */
  readonly noteRestore: () => Promise<void>;
  /** Ends this process's chain; to be called when nobody records any more. Never rejects. */
  readonly end: () => Promise<void>;
}

/** So much of the end of a chain can be cut unseen after a crash. */
const markMs = 2_000;

/** Builds the audit trail on a database: a chain of this process, seals, verification, retention. */
export function wireAudit(given: AuditDeps): AuditSlice {
  const { connection, clock, evidence, log, settings } = given;
  const mac = createAuditMac(given.secret);
  const store = createAuditEventStore(defineAuditEvents(connection));
  const seals = createAuditSealStore(connection);
  const states = createAuditStateStore(connection, mac);
  const mark = keepMark({
    write: (head) => evidence.putMark(head.chain, markOf(head, clock.now(), mac)),
    everyMs: markMs,
    onError: () => log.debug({}, 'the audit mark could not be written: DATA_DIR cannot be written'),
  });
  const chain = createAuditChain({
    ...given,
    ...store,
    mac,
    onHead: mark.note,
    onForeign: (head) => log.error({ head }, 'somebody else has changed the audit trail of this process'),
  });
  const recordAuditEvent = createRecordAuditEvent({ ...given, append: chain.append });
  const deps = { ...given, events: store, seals, states, mac, recordAuditEvent, ownHead: chain.head };
  const sealDays = createSealAuditDays(deps);
  const removeOldEvents = createRemoveOldEvents({ ...deps, retentionDays: settings.retentionDays });
  const verify = createVerifyAuditTrail(deps);
  const kept = createKeptVerification({ verify, states });
  const told = { recordAuditEvent, onLost: (event: Announced) => log.error({ event }, 'an outcome is not in the audit trail') }; // prettier-ignore
  return {
    recordAuditEvent,
    watch: ({ actor, line, exports, requestId }, answer, refused) =>
      audited(
        told,
        { actor, action: exports ? 'request.export' : 'request.change', subject: line, requestId },
        answer,
        () => (refused() ? 'refused' : 'succeeded'),
      ),
    announced: (event, work) => audited(told, event, work),
    watchScript: createWatchScript(told, given.newId),
    noteRefusal: createNoteRefusal({ ...deps, ...told }),
    store,
    begin: createBeginAuditTrail(deps),
    sealDays,
    removeOldEvents,
    verify,
    ...kept,
    jobs: createAuditJobs({ ...settings, ...kept, log, sealDays, removeOldEvents }),
    noteRestore: () => evidence.addLine(lineOfRestore(clock.now(), mac)),
    end: async () => {
      const last = { at: clock.now(), actor: 'system', action: 'audit.end', subject: 'chain', outcome: 'succeeded' } as const; // prettier-ignore
      try {
        await chain.end(last);
        await mark.flush();
      } catch {
        log.warn({}, 'the chain of the audit trail could not be ended');
      }
    },
  };
}

/** What the auditor's side is handed. */
export interface AuditorDeps extends Omit<AuditPagesDeps, 'read' | 'lastVerification'> {
  readonly audit: AuditSlice;
  readonly listAccounts: ListAuditEventsDeps['listAccounts'];
}

/** Builds the auditor's page, API and export. */
export function wireAuditor(deps: AuditorDeps): {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
} {
  const { store: events, lastVerification } = deps.audit;
  const read = createReadAuditEvents({ ...deps, events });
  return {
    routes: createAuditRoutes({ ...deps, read }),
    pages: createAuditPages({ ...deps, read, lastVerification }),
  };
}
