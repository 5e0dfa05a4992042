import { readdirSync, readFileSync } from 'node:fs';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { LocalizedText } from '../../src/shared/localized-text.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import type { FormProblem } from '../../src/survey-forms/form-problem.ts';
import { lintSurveyForm } from '../../src/survey-forms/lint-survey-form.ts';
import { parseSurveyForm } from '../../src/survey-forms/parse-survey-form.ts';
import type { ParsedSurveyForm, SourceFile } from '../../src/survey-forms/parse-survey-form.ts';
import type { ItemFile, SurveyFormFile } from '../../src/survey-forms/survey-form-file.ts';
import { shapeSurveyFormFile } from '../../src/survey-forms/survey-form.schema.ts';
import type { SurveyForm } from '../../src/survey-forms/survey-form.ts';

/** The folder of the shipped forms. */
export const shippedFolder = `${projectRoot()}/config/survey-forms`;

/** The same words in all languages. */
export function inAll(words: string): LocalizedText {
  return { 'zh-Hans': words, 'zh-Hant': words, en: words };
}

/** Parses a file as the service does. */
export function parse(source: SourceFile): ParsedSurveyForm {
  return parseSurveyForm({ shape: shapeSurveyFormFile, hash: contentHash }, source);
}

/** The shipped forms' files. */
export function shippedFiles(): readonly SourceFile[] {
  return readdirSync(shippedFolder)
    .toSorted()
    .map((name) => ({ name, text: readFileSync(`${shippedFolder}/${name}`, 'utf8') }));
}

/** A shipped form by its id. */
export function shippedForm(id: string): SurveyForm {
  return formOf(JSON.parse(readFileSync(`${shippedFolder}/${id}.json`, 'utf8')));
}

/** The outpatient form with its praise item turned into one of free words. */
export function formWithWords(): SurveyForm {
  const form = shippedForm('outpatient');
  const items = form.items.map((item) =>
    item.kind === 'praise' ? { ...item, kind: 'text' as const } : item,
  );
  return { ...form, items };
}

/** Two ordinary options. */
export const yesNo: ItemFile['options'] = [
  { code: 'yes', text: inAll('好'), score: 100, satisfied: true, topBox: true },
  { code: 'no', text: inAll('差'), score: 0 },
];

/** A choice item that is right; `changes` break it. */
export function itemFile(changes: Partial<ItemFile> = {}): ItemFile {
  return {
    code: 'attitude',
    kind: 'choice',
    dimension: 'service',
    responsibleUnit: 'department',
    text: inAll('态度好吗'),
    label: inAll(`题${changes.code ?? ''}`.slice(0, 12)),
    ...(changes.optionSet === undefined ? { options: yesNo } : {}),
    ...changes,
  };
}

/** The required overall item. */
export const overallItem: ItemFile = itemFile({
  code: 'overall',
  label: inAll('总体'),
  dimension: 'overall',
  required: true,
});

/** A form that is right: a service item and the overall item. */
export function formFile(changes: Partial<SurveyFormFile> = {}): SurveyFormFile {
  return {
    id: 'sample',
    version: 1,
    patientGroup: 'sample',
    patientGroupName: inAll('样例'),
    effectiveFrom: '2026-01-01',
    title: inAll('问卷'),
    introduction: inAll('请填写'),
    satisfiedRule: inAll('好计为满意'),
    items: [itemFile(), overallItem],
    ...changes,
  };
}

/** A file whose first item is changed. */
export function withItem(changes: Partial<ItemFile>): SurveyFormFile {
  return formFile({ items: [itemFile(changes), overallItem] });
}

/** Every problem of a file, from JSON to lint. */
export function problemsOf(file: unknown, languages = locales): readonly FormProblem[] {
  const { form, problems } = parse({ name: 'sample.json', text: JSON.stringify(file) });
  return [...problems, ...(form ? lintSurveyForm(form, languages) : [])];
}

/** The form of a file that can be read. */
export function formOf(file: unknown): SurveyForm {
  const { form, problems } = parse({ name: 'sample.json', text: JSON.stringify(file) });
  if (!form) throw new Error(JSON.stringify(problems));
  return form;
}
