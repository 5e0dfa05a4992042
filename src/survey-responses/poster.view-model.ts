import type { Department, DepartmentKind } from '../departments/department.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { QrCode } from '../shared/qr-code.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';

/** 海报: what hangs on the wall of a department for one 调查对象. */
export interface Poster {
  readonly hospital: string;
  readonly department: string;
  readonly patientGroup: string;
  /** What the code says, printed below it for whoever cannot scan. */
  readonly address: string;
  readonly qr: QrCode;
}

/** What posters are made of. */
export interface PosterInput {
  readonly departments: readonly Department[];
  readonly groups: Readonly<Record<DepartmentKind, readonly string[]>>;
  readonly formOf: (patientGroup: string) => SurveyForm | undefined;
  readonly hospitalName: LocalizedText;
  /** Address patients reach the service at, without a slash at its end. */
  readonly publicBaseUrl: string;
  readonly locale: Locale;
  readonly draw: (text: string) => QrCode;
}

/**
 * A poster for each department and each 调查对象 that answers there. The address of the first group names none, as the form of
 * the department's kind opens by itself.
 */
export function postersOf(input: PosterInput): readonly Poster[] {
  const { departments, groups, formOf, hospitalName, publicBaseUrl, locale, draw } = input;
  return departments.flatMap(({ code, kind, name }) =>
    groups[kind].flatMap((group, place) => {
      const form = formOf(group);
      if (!form) return [];
      const address = `${publicBaseUrl}/s/${code}${place === 0 ? '' : `?group=${group}`}`;
      return {
        hospital: textIn(hospitalName, locale),
        department: textIn(name, locale),
        patientGroup: textIn(form.patientGroupName, locale),
        address,
        qr: draw(address),
      };
    }),
  );
}
