import { groupBy } from '../shared/group-by.ts';
import { hospitalCode } from '../departments/department.ts';
import type { Department } from '../departments/department.ts';
import type { CallTally } from '../follow-up-calls/follow-up-call.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyForm, SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { PeriodTally } from '../survey-responses/survey-response.ts';
import { testChanges, verdictOf } from './change.ts';
import { groupCounts } from './group-counts.ts';
import type { MonthCounts } from './group-counts.ts';
import { joinForms } from './item-tally.ts';
import { buildSection } from './section.ts';
import type { FinalCalls } from './moving-calls.ts';
import type { Scorecard, ScorecardCalls, SectionScope } from './scorecard.ts';

/** Everything a month's scorecards are made of. */
export interface ScorecardSources {
  readonly period: ReportingPeriod;
  readonly revision: number;
  readonly cutoffAt: Date;
  readonly tally: PeriodTally;
  readonly calls: readonly CallTally[];
  readonly departments: readonly Pick<Department, 'code' | 'name'>[];
  readonly hospitalName: LocalizedText;
  readonly catalogue: SurveyFormCatalogue;
  /** The frozen scorecards of the month before, by department code; empty when it was never closed. */
  readonly previous: ReadonlyMap<string, Pick<Scorecard, 'sections'>>;
  /** How the calls of the month before ended, by department code; left out where there is nothing to say. */
  readonly previousCalls?: ReadonlyMap<string, FinalCalls>;
}

interface GroupForm {
  readonly patientGroup: string;
  readonly form: SurveyForm;
}

function newestForms(sources: ScorecardSources): readonly GroupForm[] {
  const groups = groupBy(sources.tally.responses, ({ patientGroup }) => patientGroup);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([patientGroup, rows]) => {
      const [newest] = rows.toSorted((a, b) => b.formVersion - a.formVersion);
      const form = newest ? sources.catalogue.find(newest.formId, newest.formVersion) : undefined;
      return form ? [{ patientGroup, form }] : [];
    });
}

/** A department's row of a month's calls, or the sum of all for the hospital; null without any. */
export function callsOf(code: string, calls: readonly CallTally[]): ScorecardCalls | null {
  const rows = code === hospitalCode ? calls : calls.filter(({ departmentCode }) => departmentCode === code);
  if (rows.length === 0) return null;
  const total = (pick: (row: CallTally) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
  return {
    discharges: total((row) => row.discharges),
    calls: total((row) => row.calls),
    attempted: total((row) => row.attempted),
    open: total((row) => row.open),
    clinicallyFollowedUp: total((row) => row.clinicallyFollowedUp),
    classes: {
      I: total(({ classes }) => classes.I),
      P: total(({ classes }) => classes.P),
      R: total(({ classes }) => classes.R),
      NC: total(({ classes }) => classes.NC),
      O: total(({ classes }) => classes.O),
      UH: total(({ classes }) => classes.UH),
      UO: total(({ classes }) => classes.UO),
      NE: total(({ classes }) => classes.NE),
    },
  };
}

/** Every scorecard of a month, one for each department and one for the hospital, from the counts alone. */
export function buildScorecards(sources: ScorecardSources): readonly Scorecard[] {
  const month: MonthCounts = {
    counted: joinForms(sources.tally, sources.catalogue),
    responses: sources.tally.responses,
  };
  const groups = newestForms(sources).map((group) => groupCounts(month, group));
  const build = (code: string, name: LocalizedText, scopes: readonly SectionScope[]): Scorecard => {
    const untested = scopes.flatMap((scope) =>
      groups.flatMap((group) => buildSection(group, { code, scope }) ?? []),
    );
    const sections = testChanges(untested, sources.previous.get(code) ?? null);
    return {
      period: sources.period,
      revision: sources.revision,
      departmentCode: code,
      departmentName: name,
      cutoffAt: sources.cutoffAt,
      sections,
      calls: callsOf(code, sources.calls),
      previousCalls: sources.previousCalls?.get(code) ?? null,
      verdict: verdictOf(sections),
    };
  };
  return [
    ...sources.departments.map(({ code, name }) => build(code, name, ['own', 'fixed-unit'])),
    build(hospitalCode, sources.hospitalName, ['hospital']),
  ];
}
