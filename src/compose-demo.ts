import type { Accounts } from './accounts/accounts.wiring.ts';
import type { Read } from './compose-read.ts';
import { readDepartmentFile } from './departments/department-file.node.ts';
import { wireDemo } from './demo/demo.wiring.ts';
import type { DemoSlice } from './demo/demo.wiring.ts';
import type { Common, Parts } from './parts.ts';
import { closingMoment } from './scorecards/closing-time.ts';
import type { DeliveriesSlice } from './scorecards/deliveries.wiring.ts';
import type { ScorecardsSlice } from './scorecards/scorecards.wiring.ts';
import { callRules, deliverySettings } from './settings.ts';

/** What the demonstration is made through. */
export interface Demonstrable extends Read {
  readonly accounts: Accounts;
  readonly scorecards: ScorecardsSlice;
  readonly deliveries: DeliveriesSlice;
}

/** The demonstration hospital, made through the slices themselves. */
export function composeDemo({ config }: Parts, common: Common, made: Demonstrable): DemoSlice {
  const { accounts, calendar, departments, responses, calls, scorecards, deliveries } = made;
  const { closing, messageIdHost } = deliverySettings(config, common.publicBaseUrl);
  const demo = wireDemo({
    ...common,
    ...config.demo,
    ...deliveries,
    ...departments,
    ...accounts,
    readDepartments: readDepartmentFile,
    saveStaffMember: made.staff.saveStaffMember,
    evaluation: config.deployment.evaluation,
    isEmpty: async () =>
      (await accounts.isEmpty()) &&
      (await departments.listDepartments({ includeInactive: true })).length === 0 &&
      (await responses.firstPeriodWithData()) === null,
    catalogue: made.catalogue,
    rules: callRules(config),
    isQuietDay: calendar.workingCalendar.isQuietDay,
    phoneGroup: config.surveyForms.phoneGroup,
    insertResponses: responses.insertMissing,
    storePastCalls: calls.storePastCalls,
    closeMonthBy: scorecards.closeMonthBy,
    closingMoment: (period) => closingMoment(period, calendar.workingCalendar, common.hospitalTime, closing),
    messageIdHost,
    deliver: deliveries.deliver.run,
    deliveriesOf: deliveries.store.ofPeriod,
  });
  return {
    ...demo,
    begin: async () => {
      const standing = await demo.begin();
      if (standing) common.showDemonstration();
      return standing;
    },
  };
}
