import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import { describeProblems } from './form-problem.ts';
import type { FormProblem } from './form-problem.ts';
import { formSetProblems } from './form-rules.ts';
import { lintSurveyForm } from './lint-survey-form.ts';
import type { ParsedSurveyForm, SourceFile } from './parse-survey-form.ts';
import type { PublishedForm, SurveyFormStore } from './survey-form.store.ts';
import type { SurveyForm } from './survey-form.ts';

/** What publishing needs. `languages` is the hospital's list. */
export interface PublishDeps {
  readonly readFiles: () => Promise<readonly SourceFile[]>;
  readonly parse: (file: SourceFile) => ParsedSurveyForm;
  readonly store: SurveyFormStore;
  readonly languages: readonly Locale[];
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'format'>;
}

type Format = (moment: Date) => string;

function changedProblems(
  forms: readonly SurveyForm[],
  published: readonly PublishedForm[],
  format: Format,
): FormProblem[] {
  return forms.flatMap((form) => {
    const old = published.find((one) => one.form.id === form.id && one.form.version === form.version);
    if (!old || old.form.contentHash === form.contentHash) return [];
    const message = `The file has changed since this version was published on ${format(old.publishedAt)}, and answers may refer to it. Restore the file, or raise "version" and set "effectiveFrom" for the new text.`;
    return [{ form: `${form.id}@${form.version}`, pointer: '', code: 'changed_after_publication', message }];
  });
}

function refuse(problems: readonly FormProblem[]): void {
  if (problems.length === 0) return;
  const message = `The survey forms were refused:\n${describeProblems(problems)}`;
  const errors = problems.map(({ form, pointer, code, message: detail }) => ({
    pointer: `/${form}${pointer}`,
    code,
    detail,
  }));
  throw new DomainError('invalid', 'survey_forms_refused', message, { errors });
}

/**
 * Publishes the versions that are new and returns every version ever published. Throws a `DomainError`
 * `survey_forms_refused` that lists all problems together, and then publishes none of them. Two instances may do it at once:
 * of two files under one version the first stored wins, and the other instance refuses to start.
 */
export async function publishSurveyForms(deps: PublishDeps): Promise<readonly SurveyForm[]> {
  const { store, languages } = deps;
  const parsed = (await deps.readFiles()).map((file) => deps.parse(file));
  const forms = parsed.flatMap(({ form }) => (form ? [form] : []));
  const before = await store.all();
  refuse([
    ...parsed.flatMap(({ problems }) => problems),
    ...forms.flatMap((form) => lintSurveyForm(form, languages)),
    ...formSetProblems(
      forms,
      before.map(({ form }) => form),
    ),
    ...changedProblems(forms, before, deps.hospitalTime.format),
  ]);
  const known = new Set(before.map(({ form }) => `${form.id}@${form.version}`));
  for (const form of forms.filter(({ id, version }) => !known.has(`${id}@${version}`))) {
    await store.insert(form, deps.clock.now());
  }
  const after = await store.all();
  refuse(changedProblems(forms, after, deps.hospitalTime.format));
  const current = new Map(forms.map((form) => [`${form.id}@${form.version}`, form]));
  return after.map(({ form }) => current.get(`${form.id}@${form.version}`) ?? form);
}
