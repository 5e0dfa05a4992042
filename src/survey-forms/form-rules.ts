import type { Locale } from '../shared/localized-text.ts';
import { estimateLength } from './form-length.ts';
import type { Fault, FormProblem } from './form-problem.ts';
import { textsOf } from './form-texts.ts';
import { isItemCode, repeated } from './item-rules.ts';
import { spokenFaults } from './spoken-rules.ts';
import type { SurveyForm } from './survey-form.ts';

function nameFaults(form: SurveyForm): readonly Fault[] {
  return (['id', 'patientGroup'] as const)
    .filter((key) => !isItemCode(form[key]))
    .map((key) => ({
      pointer: `/${key}`,
      code: 'form_code',
      message: `${key} must be lower-case letters, digits and hyphens, a letter first, at most 40.`,
    }));
}

function itemCodeFaults(form: SurveyForm): readonly Fault[] {
  return repeated(form.items.map(({ code }) => code)).map(({ value, index }) => ({
    pointer: `/items/${index}/code`,
    code: 'item_code_repeated',
    message: `The item code ${value} stands twice. Give every item its own code.`,
  }));
}

function labelFaults(form: SurveyForm): readonly Fault[] {
  return repeated(form.items.map(({ label }) => label['zh-Hans'])).map(({ value, index }) => ({
    pointer: `/items/${index}/label`,
    code: 'label_repeated',
    message: `The label ${value} stands twice, so a scorecard could not tell the items apart. Give every item its own.`,
  }));
}

function requiredFaults(form: SurveyForm): readonly Fault[] {
  const required = form.items.filter((item) => item.required);
  const [only] = required;
  const right = only?.kind === 'choice' && only.dimension === 'overall' && only.scored;
  if (required.length === 1 && right) return [];
  const found = required.length === 0 ? 'none' : required.map(({ code }) => code).join(', ');
  const message = `Exactly one item is required, and it is a scored choice of the overall dimension; required now: ${found}.`;
  return [{ pointer: '/items', code: 'required_items', message }];
}

function singleFaults(form: SurveyForm): readonly Fault[] {
  return (['comment', 'praise'] as const)
    .filter((single) => form.items.filter(({ kind }) => kind === single).length > 1)
    .map((single) => ({
      pointer: '/items',
      code: `${single}_repeated`,
      message: `A form has at most one ${single} item. Make the others "kind": "text".`,
    }));
}

function languageFaults(form: SurveyForm, languages: readonly Locale[]): readonly Fault[] {
  const wanted: readonly Locale[] = [...new Set<Locale>(['zh-Hans', ...languages])];
  return textsOf(form).flatMap(({ pointer, text }) =>
    wanted
      .filter((language) => (text[language] ?? '').trim() === '')
      .map((language) => ({
        pointer: `${pointer}/${language}`,
        code: 'text_missing',
        message: `The text in ${language} is missing. Write it, or take ${language} off the hospital's list of languages.`,
      })),
  );
}

function lengthFaults(form: SurveyForm): readonly Fault[] {
  const { seconds, limit } = estimateLength(form);
  if (seconds <= limit) return [];
  const message = `The form takes about ${Math.ceil(seconds)} seconds; at most ${limit} are asked of a patient. Shorten or drop questions.`;
  return [{ pointer: '/items', code: 'too_long', message }];
}

/** Everything that is wrong with a form as a whole. */
export function formFaults(form: SurveyForm, languages: readonly Locale[]): readonly Fault[] {
  return [
    ...nameFaults(form),
    ...itemCodeFaults(form),
    ...labelFaults(form),
    ...requiredFaults(form),
    ...singleFaults(form),
    ...languageFaults(form, languages),
    ...lengthFaults(form),
    ...spokenFaults(form),
  ];
}

/** What keeps this form from standing beside another: who is in force on a day must never be a matter of luck. */
function clash(form: SurveyForm, other: SurveyForm): Fault | undefined {
  if (form.id === other.id && form.version === other.version) {
    const message = 'Two files define this version. Remove one or raise its "version".';
    return { pointer: '/version', code: 'version_repeated', message };
  }
  if (form.id === other.id && form.version > other.version && form.effectiveFrom < other.effectiveFrom) {
    const message = `It takes force before the older version ${other.version} (${other.effectiveFrom}). Set a later "effectiveFrom".`;
    return { pointer: '/effectiveFrom', code: 'effective_from_order', message };
  }
  const sameStart = form.patientGroup === other.patientGroup && form.effectiveFrom === other.effectiveFrom;
  if (form.id === other.id || !sameStart) return undefined;
  const message = `It takes force on the same day as ${other.id}@${other.version} for the same patient group. Change "effectiveFrom".`;
  return { pointer: '/effectiveFrom', code: 'same_start', message };
}

/** What is wrong between the forms of a folder, and between them and versions published earlier. */
export function formSetProblems(
  forms: readonly SurveyForm[],
  published: readonly SurveyForm[],
): readonly FormProblem[] {
  const gone = published.filter(
    (old) => !forms.some(({ id, version }) => id === old.id && version === old.version),
  );
  return forms.flatMap((form, index) =>
    [...forms.filter((_other, place) => place !== index), ...gone].flatMap((other) => {
      const fault = clash(form, other);
      return fault ? [{ form: `${form.id}@${form.version}`, ...fault }] : [];
    }),
  );
}
