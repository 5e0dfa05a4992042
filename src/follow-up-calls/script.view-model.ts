import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { callSituations, openingSteps, situationOf } from '../survey-forms/call-script.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';

/** Who is named in the script, and the words for a step or situation of it. */
export interface SpokenNames {
  readonly hospital: string;
  readonly patient: string;
  readonly labelOf: (key: string) => string;
}

/** What the caller says before, besides and after the questions. */
export interface ScriptModel {
  readonly opening: readonly { readonly label: string; readonly words: string }[];
  readonly situations: readonly {
    readonly label: string;
    readonly words: string;
    readonly afterwards: string;
  }[];
  readonly closing: string;
}

/** The form's script in a language with the names filled in; of a form that has none, its introduction. */
export function scriptModel(
  { script, introduction }: Pick<SurveyForm, 'script' | 'introduction'>,
  locale: Locale,
  names: SpokenNames,
): ScriptModel {
  const say = (text: LocalizedText): string =>
    textIn(text, locale).replaceAll('{hospital}', names.hospital).replaceAll('{patient}', names.patient);
  if (!script) {
    return {
      opening: [{ label: names.labelOf('introduction'), words: say(introduction) }],
      situations: [],
      closing: '',
    };
  }
  return {
    opening: openingSteps.map((key) => ({ label: names.labelOf(key), words: say(script[key]) })),
    situations: callSituations.map((key) => {
      const { say: words, afterwards } = situationOf(script, key);
      return { label: names.labelOf(key), words: say(words), afterwards: afterwards ? say(afterwards) : '' };
    }),
    closing: say(script.closing),
  };
}
