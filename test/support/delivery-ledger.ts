import type { Connection } from 'mongoose';
import { noDetails } from '../../src/departments/department.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { createWorkingCalendar } from '../../src/calendar/working-days.ts';
import type { Department, ScorecardRecipient } from '../../src/departments/department.ts';
import type { Guard } from '../../src/http/route.ts';
import { createMailer } from '../../src/mail/mailer.nodemailer.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import type { DeliveriesDeps, DeliveriesSlice } from '../../src/scorecards/deliveries.wiring.ts';
import { wireDeliveries } from '../../src/scorecards/deliveries.wiring.ts';
import type { Delivery } from '../../src/scorecards/delivery.ts';
import type { PeriodRecord } from '../../src/scorecards/scorecard.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { silentLogger } from '../../src/shared/logger.ts';

/** Something that happens at the closing moment of 2026-09 in the tests: 20 October 08:00 in Shanghai. */
export const closingOfSeptember = new Date('2026-10-20T00:00:00Z');

const minute = 60_000;

/** October 2026 as the State Council's notice has it: 1–7 off, Saturday the 10th (and Sunday 20 September) worked. */
const calendar = createWorkingCalendar([
  {
    year: 2026,
    holidays: ['01', '02', '03', '04', '05', '06', '07'].map((day) => ({
      date: `2026-10-${day}`,
      name: { 'zh-Hans': '国庆节' },
    })),
    workingDays: ['2026-09-20', '2026-10-10'],
  } as never,
]);

const anybody: Guard = { name: 'test', decide: () => 'allowed' };

/** A hospital of departments with heads, a clock to turn, and the ledger on a real database and a real mail server. */
export interface LedgerWorld {
  readonly clock: { now: () => Date; set: (moment: Date) => void; advance: (ms: number) => void };
  readonly departments: Map<string, ScorecardRecipient[]>;
  readonly closed: Map<string, PeriodRecord>;
  readonly audit: Omit<AuditEvent, 'at'>[];
  readonly alarms: string[];
  readonly mailer: Mailer;
  /** The first month with data; the test may change it. */
  first: string | null;
  /** Another instance of the service on the same database. */
  readonly instance: (changes?: Partial<DeliveriesDeps>) => DeliveriesSlice;
  readonly rows: (period?: string) => Promise<readonly Delivery[]>;
}

/** A head of a department. */
export function head(email: string, changes: Partial<ScorecardRecipient> = {}): ScorecardRecipient {
  return { name: '李伟', role: 'department-head', email, language: 'zh-Hans', ...changes };
}

function departmentsOf(world: ReadonlyMap<string, ScorecardRecipient[]>): readonly Department[] {
  return [...world].map(([code, recipients]) => {
    const own = { code, name: { 'zh-Hans': `科室 ${code}` }, kind: 'clinical', active: true } as const;
    return Object.assign(own, noDetails, { recipients });
  });
}

function recordOf(world: LedgerWorld, period: string): PeriodRecord {
  return {
    period,
    revision: 1,
    cutoffAt: world.clock.now(),
    closedAt: world.clock.now(),
    closedBy: 'system',
    departmentCodes: [...world.departments.keys()],
    contentHash: 'hash',
  };
}

function depsOf(world: LedgerWorld, connection: Connection): DeliveriesDeps {
  const close = (period: string): PeriodRecord => {
    const record = world.closed.get(period) ?? recordOf(world, period);
    world.closed.set(period, record);
    return record;
  };
  return {
    connection,
    settings: {
      closing: { workingDay: 10, time: '08:00' },
      catchUpMonths: 3,
      planningMs: 31 * 24 * 60 * minute,
      leaseMs: 5 * minute,
      retry: { firstWaitMs: 5 * minute, longestWaitMs: 360 * minute, maxTries: 3 },
      parallel: 2,
      messageIdHost: 'hospital.test',
      schedules: { reconcile: '0 * * * *', deliver: '*/10 * * * *' },
    },
    mailer: world.mailer,
    calendar,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    clock: world.clock,
    firstPeriodWithData: () => Promise.resolve(world.first),
    closedPeriod: (period) => Promise.resolve(world.closed.get(period) ?? null),
    isTrialMonth: () => false,
    closeMonth: (period) => Promise.resolve(close(period)),
    completeRevisions: () => Promise.resolve(),
    revisedSince: (moment) =>
      Promise.resolve(
        [...world.closed.values()].filter(({ revision, closedAt }) => revision > 1 && closedAt >= moment),
      ),
    renderScorecardMail: (period, code) =>
      Promise.resolve({
        subject: `${code} ${period}`,
        text: `${code} ${period}`,
        html: `<p>${code} ${period}</p>`,
      }),
    departments: () => Promise.resolve(departmentsOf(world.departments)),
    recipientsOf: (code) => Promise.resolve(world.departments.get(code) ?? []),
    recordAuditEvent: (event) => {
      world.audit.push(event);
      return Promise.resolve();
    },
    random: () => 0,
    log: { ...silentLogger, error: (_fields, message) => void world.alarms.push(message) },
    guard: () => anybody,
    renderPage: () => '',
    shell: () => ({}),
  };
}

/** Opens the world on an empty database; the clock stands at the closing of September, no data in an earlier month. `socketTimeoutMs` is short only where a silent server is the point. */
export function openLedgerWorld(
  connection: Connection,
  smtpUrl: string,
  socketTimeoutMs = 10_000,
): LedgerWorld {
  let now = closingOfSeptember;
  const clock = {
    now: () => now,
    set: (moment: Date) => {
      now = moment;
    },
    advance: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
  const mailer = createMailer({
    clock,
    settings: {
      url: smtpUrl,
      from: { name: '活动办', address: 'office@hospital.test' },
      replyTo: null,
      maxConnections: 4,
      connectionTimeoutMs: 10_000,
      greetingTimeoutMs: 10_000,
      socketTimeoutMs,
      sendTimeoutMs: 20_000,
      closeTimeoutMs: 5000,
    },
  });
  const world: LedgerWorld = {
    clock,
    mailer,
    departments: new Map([['cardiology', [head('li@hospital.test')]]]),
    closed: new Map(),
    audit: [],
    alarms: [],
    first: '2026-09',
    instance: (changes = {}) => wireDeliveries({ ...depsOf(world, connection), ...changes }),
    rows: async (period = '2026-09') => world.instance().store.ofPeriod(period),
  };
  return world;
}
