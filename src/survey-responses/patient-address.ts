import type { Locale } from '../shared/localized-text.ts';

/** How a patient sees the pages: kept in every link and in the form's address, for there is no cookie and maybe no script. */
export interface PatientView {
  readonly locale: Locale;
  readonly large: boolean;
  /** 调查对象 of the address, or null for the hospital's usual one. */
  readonly group: string | null;
}

/** Path with the view in its query: `/s/surgery?group=inpatient&lang=en&size=large`. */
export function patientAddress(path: string, { locale, large, group }: PatientView): string {
  const query = new URLSearchParams({
    ...(group === null ? {} : { group }),
    lang: locale,
    ...(large ? { size: 'large' } : {}),
  });
  return `${path}?${query.toString()}`;
}
