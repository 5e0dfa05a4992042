/** The fields of a page: the answer to a first question is `step.<item>`, that to the second or only one `answer.<item>`. */
export type SpokenFields = Readonly<Record<string, string | number | undefined>>;

/** What was answered, and the items whose second question is still to be asked. */
export interface SpokenAnswers {
  /** Item code → option code, or words. */
  readonly answers: Readonly<Record<string, string>>;
  readonly unfinished: readonly string[];
}

const textOf = (value: string | number | undefined): string => String(value ?? '').trim();

function namesOf(fields: SpokenFields, prefix: string): readonly string[] {
  return Object.keys(fields)
    .filter((name) => name.startsWith(prefix) && textOf(fields[name]) !== '')
    .map((name) => name.slice(prefix.length));
}

/**
 * Joins the two steps of each scale. A first answer carries the option codes it leads to: one code is the answer itself; of
 * several the second answer must be one, else the item is unfinished (so is 满意 followed by the 不满意 of a change of mind).
 * Example: `step.meals` = `very-satisfied satisfied` and `answer.meals` = `satisfied` → `{meals: 'satisfied'}`.
 */
export function spokenAnswers(fields: SpokenFields): SpokenAnswers {
  const answers: Record<string, string> = {};
  const unfinished: string[] = [];
  for (const item of new Set([...namesOf(fields, 'step.'), ...namesOf(fields, 'answer.')])) {
    const reached = textOf(fields[`step.${item}`]);
    const answer = textOf(fields[`answer.${item}`]);
    const codes = reached === '' ? [answer] : reached.split(' ');
    const [only] = codes;
    if (codes.length === 1 && only) answers[item] = only;
    else if (codes.includes(answer)) answers[item] = answer;
    else unfinished.push(item);
  }
  return { answers, unfinished };
}
