import { problemsOf } from './form-problem.ts';
import type { Fault, FormProblem } from './form-problem.ts';
import { expandSurveyForm } from './survey-form-file.ts';
import type { SurveyFormFile } from './survey-form-file.ts';
import type { SurveyForm } from './survey-form.ts';

/** A file as it was read. `name` is the bare file name. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** What became of a file: a form (null when its JSON or shape is wrong) and the problems met so far. */
export interface ParsedSurveyForm {
  readonly form: SurveyForm | null;
  readonly problems: readonly FormProblem[];
}

/** What parsing needs: the check of the shape, and the SHA-256 of a JSON value. */
export interface ParseDeps {
  readonly shape: (
    value: unknown,
  ) =>
    | { readonly ok: true; readonly file: SurveyFormFile }
    | { readonly ok: false; readonly faults: readonly Fault[] };
  readonly hash: (value: unknown) => string;
}

function parseJson(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : 'unknown reason' };
  }
}

/**
 * Turns a file's text into a form, or into problems; never throws. The hash is of the file's JSON, not of the expanded
 * form: layout and order of keys do not matter, and a newer release that expands more defaults leaves old hashes alone.
 */
export function parseSurveyForm(deps: ParseDeps, source: SourceFile): ParsedSurveyForm {
  const json = parseJson(source.text);
  if ('reason' in json) {
    const message = `The file is not valid JSON (${json.reason}). Check it for a missing comma, quote or bracket.`;
    return { form: null, problems: [{ form: source.name, pointer: '', code: 'not_json', message }] };
  }
  const shaped = deps.shape(json.value);
  if (!shaped.ok) {
    return { form: null, problems: problemsOf(source.name, shaped.faults) };
  }
  const { form, faults } = expandSurveyForm(shaped.file);
  const name = `${form.id}@${form.version}`;
  return {
    form: { ...form, contentHash: deps.hash(json.value) },
    problems: problemsOf(name, faults),
  };
}
