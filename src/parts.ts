import { join } from 'node:path';
import { guardFor } from './accounts/guard.ts';
import { staffShell } from './accounts/staff-shell.view-model.ts';
import type { RecordAuditEvent } from './audit/audit-event.ts';
import { openAuditEvidence } from './audit/audit-evidence.node.ts';
import { wireAudit } from './audit/audit.wiring.ts';
import type { AuditSlice } from './audit/audit.wiring.ts';
import { wireCalendar } from './calendar/calendar.wiring.ts';
import type { CalendarSlice } from './calendar/calendar.wiring.ts';
import type { Database } from './database/connect.ts';
import type { Readiness } from './http/health.routes.ts';
import { createRequestAddresses } from './http/request-addresses.ts';
import type { RequestAddresses } from './http/request-addresses.ts';
import type { Guard, RouteInput } from './http/route.ts';
import type { AppConfig } from './shared/app-config.ts';
import type { Clock } from './shared/clock.ts';
import { wirePrivacy, wireSourceKeys } from './privacy/privacy.wiring.ts';
import type { PrivacyKeys, SourceKeysSlice } from './privacy/privacy.wiring.ts';
import type { KeyFile } from './privacy/rotate-keys.ts';
import type { Secrets } from './shared/evaluation-secrets.node.ts';
import { wireOperationState } from './operation/operation.wiring.ts';
import type { OperationState } from './operation/operation.wiring.ts';
import { createHospitalTime } from './shared/hospital-time.ts';
import type { HospitalTime } from './shared/hospital-time.ts';
import type { Translate } from './shared/i18n.ts';
import type { Ids } from './shared/ids.crypto.ts';
import type { Locale, LocalizedText } from './shared/localized-text.ts';
import type { Logger } from './shared/logger.ts';
import { createReaderProcess } from './shared/reader-process.child-process.ts';
import type { ReadInProcess } from './shared/reader-process.child-process.ts';
import type { Templates } from './shared/templates.handlebars.ts';

/** What the service is composed from: everything that touches the world is in here. */
export interface Parts {
  readonly config: AppConfig;
  readonly version: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  readonly secrets: Secrets;
  /** The file of an evaluation's keys; null where the operator gives them. */
  readonly keyFile: KeyFile | null;
  readonly translate: Translate;
  readonly templates: Templates;
  readonly staticFolder: string;
  /** Address patients reach the service at, without a slash at its end. */
  readonly publicBaseUrl: string;
  /** Address staff reach it at: the same, unless they have a listener of their own. */
  readonly staffBaseUrl: string;
  /** Folder of what is kept outside the database: seals of the audit trail, caught mails of an evaluation. */
  readonly dataFolder: string;
}

/** What nearly every slice is handed. */
export interface Common {
  readonly connection: Database['connection'];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly newId: () => string;
  readonly log: Logger;
  readonly hospitalTime: HospitalTime;
  readonly hospitalName: LocalizedText;
  readonly languages: readonly Locale[];
  readonly translate: Translate;
  readonly t: Translate;
  readonly renderPage: Templates['page'];
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly showMailbox: boolean;
  readonly publicBaseUrl: string;
  readonly staffBaseUrl: string;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly keys: PrivacyKeys & SourceKeysSlice;
  readonly audit: AuditSlice;
  /** Reads uploaded files, one at a time. */
  readonly readInProcess: ReadInProcess;
  /** Where the requests that are being answered came from. */
  readonly addresses: RequestAddresses;
  /** Holidays and 调休, in memory. */
  readonly calendarSlice: CalendarSlice;
  /** 试运行 or 正式运行, in memory. */
  readonly operation: OperationState;
  readonly isTrial: () => boolean;
  /** From then on every page says 演示数据. */
  readonly showDemonstration: () => void;
}

function composeAudit(parts: Parts, hospitalTime: HospitalTime, addresses: RequestAddresses): AuditSlice {
  const { config, database, clock, ids, log, secrets, dataFolder } = parts;
  return wireAudit({
    connection: database.connection,
    clock,
    newId: ids.newId,
    hospitalTime,
    log,
    secret: secrets.audit,
    evidence: openAuditEvidence(join(dataFolder, 'audit')),
    addressOf: addresses.addressOf,
    settings: config.audit,
  });
}

/** The shared parts of one composition; defines the collections of the audit trail, the calendar and the mode. */
export function commonParts(parts: Parts): Common {
  const { config, database, clock, ids, translate } = parts;
  const { languages } = config.hospital;
  const { connection } = database;
  const hospitalTime = createHospitalTime(config.hospital.timeZone);
  const addresses = createRequestAddresses();
  const audit = composeAudit(parts, hospitalTime, addresses);
  const { startsIn } = config.operation;
  const operation = wireOperationState({ connection, clock, hospitalTime, startsIn });
  const { folder, alarmFrom } = config.calendar;
  const calendarSlice = wireCalendar({ connection, clock, hospitalTime, folder, alarmFrom });
  const shellSettings = {
    t: translate,
    languages,
    isTrial: operation.isTrial,
    missingYears: calendarSlice.missingYears,
    showMailbox: config.mail.smtpUrl === null && config.mail.catcher,
  };
  const shown = { demonstration: false };
  const keys = wirePrivacy(parts.secrets);
  return {
    connection,
    clock,
    ids,
    newId: ids.newId,
    log: parts.log,
    hospitalTime,
    operation,
    calendarSlice,
    hospitalName: config.hospital.name,
    ...shellSettings,
    translate,
    renderPage: (name, locale, model) => parts.templates.page(name, locale, { ...model, ...shown }),
    showDemonstration: () => {
      shown.demonstration = true;
    },
    guard: guardFor,
    shell: ({ principal, locale, csrfToken }, path) =>
      staffShell(shellSettings, { principal, locale, csrfToken, path }),
    publicBaseUrl: parts.publicBaseUrl,
    staffBaseUrl: parts.staffBaseUrl,
    keys: { ...keys, ...wireSourceKeys({ connection, clock, blindIndex: keys.blindIndex }) },
    addresses,
    audit,
    readInProcess: createReaderProcess(),
    recordAuditEvent: audit.recordAuditEvent,
  };
}

/** What `/readyz` says of the database. */
export async function readinessOf(database: Parts['database']): Promise<Readiness> {
  const { ready, reason } = await database.status();
  return { ready, reasons: reason === undefined ? [] : [reason] };
}
