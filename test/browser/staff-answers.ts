import { randomUUID } from 'node:crypto';

interface Form {
  readonly id: string;
  readonly version: number;
  readonly items: readonly {
    readonly code: string;
    readonly kind: string;
    readonly options: readonly { readonly code: string; readonly score: number | null }[];
  }[];
}

/** How many of the hundred patients of a department are content with each item; items left out: 90. */
export type Contentment = Readonly<Record<string, number>>;

// Spreads the discontent evenly over the patients, differently for each item.
const isContent = (i: number, itemIndex: number, percent: number): boolean =>
  (i * 37 + itemIndex * 53) % 100 < percent;

/** What the i-th patient answers to a form: the best option half of the time, else the second; or the second worst. */
export function answersOf(form: Form, i: number, contentment: Contentment): Readonly<Record<string, string>> {
  const chosen = form.items
    .filter(({ kind }) => kind === 'choice')
    .map(({ code, options }, index): [string, string] => {
      const scored = options
        .filter(({ score }) => score !== null)
        .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
      const place = isContent(i, index, contentment[code] ?? 90)
        ? (i + index) % 2
        : Math.max(scored.length - 2, 1);
      return [code, (scored[place] ?? options[0])?.code ?? ''];
    });
  return Object.fromEntries(chosen);
}

/** The i-th answer to a form as the API takes it. */
export function submissionOf(form: Form, i: number, contentment: Contentment): object {
  return {
    submissionId: randomUUID(),
    formId: form.id,
    formVersion: form.version,
    answers: answersOf(form, i, contentment),
  };
}

/** Some answers of one department in one month. */
export interface Batch {
  readonly departmentCode: string;
  readonly count: number;
  readonly contentment: Contentment;
}

/** August, before anything changed. */
export const august: readonly Batch[] = [
  { departmentCode: 'internal-medicine', count: 150, contentment: { 'waiting-time': 61 } },
  { departmentCode: 'surgery', count: 36, contentment: {} },
  { departmentCode: 'obstetrics', count: 9, contentment: {} },
];

/** September: shorter waits in internal medicine, explanations worse in surgery, few answers in two departments. */
export const september: readonly Batch[] = [
  {
    departmentCode: 'internal-medicine',
    count: 160,
    contentment: { 'waiting-time': 83, 'nurse-attitude': 88 },
  },
  { departmentCode: 'surgery', count: 35, contentment: { 'doctor-explains': 45 } },
  { departmentCode: 'obstetrics', count: 8, contentment: { 'nurse-attitude': 70 } },
  { departmentCode: 'paediatrics', count: 2, contentment: {} },
];

/** October so far. */
export const october: readonly Batch[] = [
  { departmentCode: 'internal-medicine', count: 64, contentment: {} },
  { departmentCode: 'surgery', count: 7, contentment: {} },
];

/** The outcome of the i-th call; `form` is the interview's. */
export function callResult(form: Form, i: number): object {
  if (i % 10 < 6)
    return { disposition: 'complete', interview: submissionOf(form, i, { 'nurse-response': 80 }) };
  if (i % 10 === 6) return { disposition: 'refusal-patient', note: '患者表示不愿回答' };
  return i % 10 === 7 ? { disposition: 'bad-number', note: '空号' } : { disposition: 'no-answer' };
}
