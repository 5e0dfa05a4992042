import type { Connection } from 'mongoose';
import type { CreateAccount } from '../accounts/create-account.ts';
import type { Department } from '../departments/department.ts';
import type { ImportDepartments } from '../departments/import-departments.ts';
import type { CallRules } from '../follow-up-calls/call-rules.ts';
import type { Delivery } from '../scorecards/delivery.ts';
import type { Clock } from '../shared/clock.ts';
import { contentHash, listHash } from '../shared/content-hash.crypto.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import { daysOf } from '../shared/reporting-period.ts';
import type { SaveStaffMember } from '../staff/save-staff-member.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import { createBeginDemonstration } from './begin-demonstration.ts';
import type { BeginDemonstration } from './begin-demonstration.ts';
import { createBuildDemonstration } from './build-demonstration.ts';
import type { BuildDemonstration, BuildDemonstrationDeps } from './build-demonstration.ts';
import type { DemoDischargeContext } from './demo-discharges.ts';
import type { DemoHospital } from './demo-hospital.ts';
import { readDemoHospitalFile } from './demo-hospital-file.node.ts';
import { checkDemoHospital } from './demo-hospital.schema.ts';
import { createDemonstrationStore } from './demonstration.store.ts';
import { demoColleagues, demoStaff } from './demo-staff.ts';
import type { WantedAccount } from './open-demo-accounts.ts';
import { stableId } from './stable-id.ts';

/** What the slice is handed: the other slices' use cases, and what decides whether there is a demonstration. */
export interface DemoDeps extends Omit<
  BuildDemonstrationDeps,
  'marks' | 'contextAt' | 'importDepartments' | 'registerStaff' | 'accounts' | 'countMails' | 'listHash'
> {
  readonly connection: Connection;
  readonly enabled: boolean;
  readonly evaluation: boolean;
  /** The file that describes the hospital. */
  readonly file: string;
  readonly isEmpty: () => Promise<boolean>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly catalogue: SurveyFormCatalogue;
  readonly keys: DemoDischargeContext['keys'];
  readonly rules: CallRules;
  readonly isQuietDay: (date: CalendarDate) => boolean;
  readonly phoneGroup: string;
  readonly createAccount: CreateAccount;
  readonly importDepartments: ImportDepartments;
  /** What a file of departments holds, unchecked. */
  readonly readDepartments: (file: string) => unknown;
  readonly listDepartments: () => Promise<readonly Department[]>;
  readonly saveStaffMember: SaveStaffMember;
  readonly deliveriesOf: (period: ReportingPeriod) => Promise<readonly Delivery[]>;
}

/** The demonstration of an evaluation. */
export interface DemoSlice {
  /** Before anything else is stored: marks an empty database. Resolves with whether this one holds a demonstration. */
  readonly begin: BeginDemonstration;
  /** After indexes, departments and calendar stand. */
  readonly build: BuildDemonstration;
}

/** The form of a group in a month: the one in force on its last day, else the first there ever was. */
function formOf(catalogue: SurveyFormCatalogue): DemoDischargeContext['formOf'] {
  return (group, period) =>
    catalogue.inForce(group, daysOf(period).last) ??
    catalogue.all().findLast(({ patientGroup }) => patientGroup === group);
}

function accountsOf(hospital: DemoHospital): readonly WantedAccount[] {
  const wards = hospital.activity.filter(({ discharges }) => discharges > 0).map(({ code }) => code);
  const troubled = hospital.stories.map(({ departmentCode }) => departmentCode);
  return [
    { username: 'nurse', role: 'nurse', displayName: '回访护士（演示）', departments: wards },
    { username: 'head', role: 'head', displayName: '科主任（演示）', departments: troubled },
    { username: 'director', role: 'director', displayName: '院领导（演示）', departments: 'all' },
  ];
}

/** Builds the slice; reads the file of the hospital only when there is something to build. */
export function wireDemo(deps: DemoDeps): DemoSlice {
  const { hospitalTime: time, catalogue } = deps;
  const marks = createDemonstrationStore(deps.connection);
  const known: { hospital: DemoHospital | null } = { hospital: null };
  const hospital = (): DemoHospital =>
    (known.hospital ??= checkDemoHospital(readDemoHospitalFile(deps.file)));
  return {
    begin: createBeginDemonstration({ ...deps, marks }),
    build: createBuildDemonstration({
      ...deps,
      marks,
      listHash,
      contextAt: (now, turnsIn) => ({
        ...deps,
        now,
        turnsIn,
        time,
        hospital: hospital(),
        formOf: formOf(catalogue),
        colleagues: demoColleagues(hospital()),
        idOf: (...name) => stableId(contentHash(name)),
      }),
      importDepartments: async () => {
        const own = { departments: hospital().departments };
        const by = { actor: 'system', requestId: 'demonstration' };
        for (const content of [deps.readDepartments(hospital().departmentsFile), own])
          await deps.importDepartments(content, { dryRun: false, ...by });
        return (await deps.listDepartments()).length;
      },
      registerStaff: async () => {
        for (const member of demoStaff(hospital()))
          await deps.saveStaffMember(member, { actor: 'system', requestId: 'demonstration' });
      },
      accounts: () => accountsOf(hospital()),
      countMails: async (period) => {
        const rows = await deps.deliveriesOf(period);
        return { accepted: rows.filter(({ state }) => state === 'accepted').length, all: rows.length };
      },
    }),
  };
}
