import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { patientAddress } from './patient-address.ts';
import type { PatientView } from './patient-address.ts';

/** The frame of every patient page. */
export interface PatientShell {
  readonly hospitalName: string;
  readonly homeHref: string;
  readonly large: boolean;
  /** Whether the page says 试运行. */
  readonly trial: boolean;
  /** The same page in the other type size. */
  readonly sizeHref: string;
  /** The same page in the hospital's languages. */
  readonly languages: readonly {
    readonly code: Locale;
    readonly label: string;
    readonly href: string;
    readonly current: boolean;
  }[];
}

const languageNames: Readonly<Record<Locale, string>> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
};

/** Frame of the page at `path`; every link keeps language, type size and patient group. */
export function patientShell(
  hospital: {
    readonly hospitalName: LocalizedText;
    readonly languages: readonly Locale[];
    readonly isTrial: () => boolean;
  },
  path: string,
  view: PatientView,
): PatientShell {
  return {
    hospitalName: textIn(hospital.hospitalName, view.locale),
    homeHref: patientAddress('/', { ...view, group: null }),
    large: view.large,
    trial: hospital.isTrial(),
    sizeHref: patientAddress(path, { ...view, large: !view.large }),
    languages: hospital.languages.map((code) => ({
      code,
      label: languageNames[code],
      href: patientAddress(path, { ...view, locale: code }),
      current: code === view.locale,
    })),
  };
}
