import type { ScorecardRecipient } from '../departments/department.ts';
import { normalizeAddress } from '../mail/mail-address.ts';
import type { Mailer, SendOutcome } from '../mail/mailer.ts';
import type { Clock } from '../shared/clock.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Logger } from '../shared/logger.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { RenderedMail } from '../shared/templates.handlebars.ts';
import { changeAfter, changeWithoutSending } from './delivery-retry.ts';
import type { DeliveryChange, RetryPolicy } from './delivery-retry.ts';
import { lastAttemptOf, messageIdOf } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import type { PeriodRecord } from './scorecard.ts';

/** Makes the mail of one scorecard. Rejects when it cannot, rather than give half a mail. */
export type RenderScorecardMail = (
  period: ReportingPeriod,
  departmentCode: string,
  revision: number,
  language: Locale,
) => Promise<RenderedMail>;

/** What sending one row needs. */
export interface SendDeliveryDeps {
  readonly deliveries: Pick<DeliveryStore, 'record'>;
  readonly renderScorecardMail: RenderScorecardMail;
  readonly recipientsOf: (
    departmentCode: string,
    period: ReportingPeriod,
  ) => Promise<readonly ScorecardRecipient[]>;
  /** The revision of a month that stands; null while it is open. */
  readonly closedPeriod: (period: ReportingPeriod) => Promise<Pick<PeriodRecord, 'revision'> | null>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly retry: RetryPolicy;
  readonly messageIdHost: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Sends a claimed row's mail and records what became of it; returns that. It rejects only when the ledger cannot be written. */
export type SendDelivery = (row: Delivery) => Promise<DeliveryChange>;

/** Builds the use case. What cannot be rendered, what a newer revision replaces, and who is no longer a recipient, gets no mail and a failed row. */
export function createSendDelivery(deps: SendDeliveryDeps): SendDelivery {
  const stillRecipient = async (row: Delivery): Promise<boolean> => {
    const recipients = await deps.recipientsOf(row.departmentCode, row.period);
    return recipients.some(({ email }) => normalizeAddress(email) === row.recipient.email);
  };
  const rendered = async (row: Delivery): Promise<RenderedMail | null> => {
    try {
      const { period, departmentCode, revision, recipient } = row;
      return await deps.renderScorecardMail(period, departmentCode, revision, recipient.language);
    } catch (error) {
      deps.log.error({ delivery: row.id, err: error }, 'A scorecard mail could not be rendered.');
      return null;
    }
  };
  const sent = async (row: Delivery, mail: RenderedMail): Promise<SendOutcome> =>
    deps.mailer.send({
      ...mail,
      to: { name: row.recipient.name, address: row.recipient.email },
      messageId: messageIdOf(row, deps.messageIdHost),
    });
  // Figures that have been corrected meanwhile must not arrive after, or instead of, the correction.
  const superseded = async (row: Delivery): Promise<boolean> =>
    ((await deps.closedPeriod(row.period))?.revision ?? 0) > row.revision;
  const changeFor = async (row: Delivery): Promise<DeliveryChange> => {
    if (await superseded(row)) return changeWithoutSending(row, 'superseded');
    if (!(await stillRecipient(row))) return changeWithoutSending(row, 'recipient-removed');
    const mail = await rendered(row);
    if (!mail) return changeWithoutSending(row, 'render-failed');
    const outcome = await sent(row, mail);
    return changeAfter(row, outcome, {
      policy: deps.retry,
      now: deps.clock.now(),
      random: deps.random(),
    });
  };
  return async (row) => {
    const change = await changeFor(row);
    // A late success of this attempt is the truth even when its lease has run out meanwhile.
    const from = change.state === 'accepted' ? (['sending', 'unknown'] as const) : (['sending'] as const);
    const n = lastAttemptOf(row);
    const recorded = await deps.deliveries.record({ id: row.id, n, from, change, endedAt: deps.clock.now() });
    deps.log.info({ delivery: row.id, attempt: n, state: change.state, recorded }, 'Delivery attempted.');
    return change;
  };
}
