/** One fault in a survey form file, for whoever edits the file. */
export interface FormProblem {
  /** `<id>@<version>`, or the file's name when the file cannot be read that far. */
  readonly form: string;
  /** JSON pointer into the form with its option sets expanded, such as `/items/3/options/1/score`. */
  readonly pointer: string;
  /** Stable snake_case name of the rule. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** A fault before it is known which form it belongs to: what a rule reports. */
export type Fault = Omit<FormProblem, 'form'>;

/** All problems as lines of text, one a line: `outpatient@1 /items/3: …`. */
export function describeProblems(problems: readonly FormProblem[]): string {
  return problems
    .map(({ form, pointer, message }) => `- ${form}${pointer === '' ? '' : ` ${pointer}`}: ${message}`)
    .join('\n');
}

/** Faults as problems of this form. */
export function problemsOf(form: string, faults: readonly Fault[]): readonly FormProblem[] {
  return faults.map(({ pointer, code, message }) => ({ form, pointer, code, message }));
}
