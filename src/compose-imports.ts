import type { Read } from './compose-read.ts';
import { wireImports } from './imports/imports.wiring.ts';
import type { ImportsSlice } from './imports/imports.wiring.ts';
import { takesOlderAnswers } from './imports/older-months.ts';
import type { Common, Parts } from './parts.ts';
import type { ScorecardsSlice } from './scorecards/scorecards.wiring.ts';
import { textIn } from './shared/localized-text.ts';
import { periodOf } from './shared/reporting-period.ts';

/** Imports of files: discharges of the HIS, and the mapping table of department names. */
export function composeImports(
  { config }: Parts,
  common: Common,
  read: Read & { readonly scorecards: ScorecardsSlice },
): ImportsSlice {
  const { departments, calls, responses, scorecards, catalogue } = read;
  const { catchUpMonths } = config.scorecards;
  return wireImports({
    ...common,
    folder: config.imports.folder,
    retentionDays: config.privacy.retention.unmappedNames,
    catalogue,
    storeDischarges: calls.storeDischarges,
    storeImportedResponses: responses.storeImportedResponses,
    takesMonthOf: async (day) => {
      const period = periodOf(day);
      const current = periodOf(common.hospitalTime.dateOf(common.clock.now()));
      const closed = (await scorecards.periods.latest(period)) !== null;
      const trial = common.operation.isTrialMonth(period);
      return takesOlderAnswers(period, { current, trial, closed, catchUpMonths });
    },
    departmentNames: departments.listDepartmentNames,
    departments: async (locale) =>
      (await departments.listDepartments()).map(({ code, name }) => ({ code, name: textIn(name, locale) })),
  });
}
