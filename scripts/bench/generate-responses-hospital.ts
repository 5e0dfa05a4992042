import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { parseSurveyForm } from '../../src/survey-forms/parse-survey-form.ts';
import { shapeSurveyFormFile } from '../../src/survey-forms/survey-form.schema.ts';
import type { SurveyForm } from '../../src/survey-forms/survey-form.ts';
import { benchFormText } from './generate-responses-form.ts';

const departmentCount = 60;

/** A hospital of the size the figures are asked for: one form of 20 open choice items, 60 departments without recipients. */
export interface BenchHospital {
  readonly form: SurveyForm;
  readonly departmentCodes: readonly string[];
  /** Where a service finds them. */
  readonly environment: Readonly<Record<string, string>>;
}

function departmentsText(path: string): { readonly text: string; readonly codes: readonly string[] } {
  const sample = JSON.parse(readFileSync(path, 'utf8')) as { departments: readonly { code: string }[] };
  const departments = sample.departments.map((one) => Object.assign({}, one, { recipients: [] }));
  const more = Array.from({ length: departmentCount - departments.length }, (_, index) => ({
    code: `ward-${index + 1}`,
    name: { 'zh-Hans': `病区${index + 1}`, 'zh-Hant': `病區${index + 1}`, en: `Ward ${index + 1}` },
    kind: 'clinical',
    active: true,
    recipients: [],
  }));
  const all = [...departments, ...more];
  return { text: JSON.stringify({ departments: all }), codes: all.map(({ code }) => code) };
}

/** Writes the hospital's files into a folder. Throws when the form is not one the service would publish. */
export function writeBenchHospital(folder: string): BenchHospital {
  const root = projectRoot();
  const forms = join(folder, 'survey-forms');
  cpSync(join(root, 'config/survey-forms'), forms, { recursive: true });
  const text = benchFormText();
  writeFileSync(join(forms, 'inpatient.json'), text);
  const { form } = parseSurveyForm(
    { shape: shapeSurveyFormFile, hash: contentHash },
    { name: 'inpatient.json', text },
  );
  if (form === null) throw new Error('The form of the benchmark is not one that can be published.');
  const departments = departmentsText(join(root, 'config/departments.sample.json'));
  const file = join(folder, 'departments.json');
  writeFileSync(file, departments.text);
  return {
    form,
    departmentCodes: departments.codes,
    environment: { SURVEY_FORMS_FOLDER: forms, DEPARTMENTS_FILE: file },
  };
}
