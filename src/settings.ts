import { defaultCallRules } from './follow-up-calls/call-rules.ts';
import type { CallRules } from './follow-up-calls/call-rules.ts';
import type { MailerSettings } from './mail/mailer.nodemailer.ts';
import type { DeliverySettings } from './scorecards/deliveries.wiring.ts';
import type { AppConfig } from './shared/app-config.ts';
import { textIn } from './shared/localized-text.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** When and how often discharged patients are called. */
export function callRules({ followUp }: AppConfig): CallRules {
  const { firstDay, lastDay, maxAttempts, claimMinutes } = followUp;
  return {
    ...defaultCallRules,
    opensAfterDays: firstDay,
    closesAfterDays: lastDay,
    maxAttempts,
    claimMinutes,
  };
}

/** How mails leave, without the server's address. */
export function mailerSettings(
  { mail, hospital }: AppConfig,
  publicBaseUrl: string,
): Omit<MailerSettings, 'url'> {
  return {
    from: {
      name: mail.fromName ?? textIn(hospital.name, 'zh-Hans'),
      address: mail.fromAddress ?? `satisfaction@${new URL(publicBaseUrl).hostname}`,
    },
    replyTo: mail.replyTo,
    maxConnections: mail.concurrency,
    connectionTimeoutMs: mail.connectionTimeoutMs,
    greetingTimeoutMs: mail.connectionTimeoutMs,
    socketTimeoutMs: mail.socketTimeoutMs,
    sendTimeoutMs: mail.sendTimeoutMs,
    closeTimeoutMs: 5_000,
  };
}

/** The numbers of the delivery ledger. */
export function deliverySettings({ mail, scorecards }: AppConfig, publicBaseUrl: string): DeliverySettings {
  return {
    closing: { workingDay: scorecards.closeOnWorkingDay, time: scorecards.closeAt },
    catchUpMonths: scorecards.catchUpMonths,
    planningMs: 30 * dayMs,
    leaseMs: mail.leaseMinutes * minuteMs,
    retry: { firstWaitMs: 5 * minuteMs, longestWaitMs: 360 * minuteMs, maxTries: mail.maxAttempts },
    parallel: mail.concurrency,
    messageIdHost: new URL(publicBaseUrl).hostname,
    schedules: { reconcile: scorecards.reconcileSchedule, deliver: scorecards.deliverSchedule },
  };
}

/** How long sessions last, in ms. */
export function sessionSettings({ accounts }: AppConfig): {
  readonly idleMs: number;
  readonly absoluteMs: number;
} {
  return { idleMs: accounts.idleMinutes * minuteMs, absoluteMs: accounts.absoluteHours * 60 * minuteMs };
}

/** What is demanded of passwords and logins. */
export function accountSettings({
  accounts,
}: AppConfig): Omit<AppConfig['accounts'], 'idleMinutes' | 'absoluteHours'> {
  const { idleMinutes: _idle, absoluteHours: _absolute, ...demands } = accounts;
  return demands;
}
