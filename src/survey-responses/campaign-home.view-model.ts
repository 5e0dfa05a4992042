import type { Department } from '../departments/department.ts';
import { textIn } from '../shared/localized-text.ts';
import { patientAddress } from './patient-address.ts';
import type { PatientView } from './patient-address.ts';

/** The home of the campaign: a link to the form of every department. */
export interface CampaignHome {
  readonly departments: readonly { readonly name: string; readonly href: string }[];
}

/** Departments in their order, in the asker's language. */
export function campaignHome(departments: readonly Department[], view: PatientView): CampaignHome {
  return {
    departments: departments.map(({ code, name }) => ({
      name: textIn(name, view.locale),
      href: patientAddress(`/s/${code}`, { ...view, group: null }),
    })),
  };
}
