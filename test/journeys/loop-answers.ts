import { randomUUID } from 'node:crypto';

/** overall: 24 very satisfied, 12 satisfied, 3 neutral, 1 dissatisfied. */
function overallOf(i: number): string {
  if (i < 24) return 'very-satisfied';
  if (i < 36) return 'satisfied';
  return i < 39 ? 'neutral' : 'dissatisfied';
}

/** waiting-time: 10 very satisfied, 20 satisfied, 10 dissatisfied. */
function waitingOf(i: number): string {
  if (i < 10) return 'very-satisfied';
  return i < 30 ? 'satisfied' : 'dissatisfied';
}

/** What the i-th of forty outpatients says; nurse-attitude is N/A for the first twenty. */
export function outpatientAnswers(i: number): Readonly<Record<string, string>> {
  return {
    overall: overallOf(i),
    'waiting-time': waitingOf(i),
    'nurse-attitude': i < 20 ? 'not-applicable' : 'very-satisfied',
    registration: 'very-convenient',
    signs: 'very-easy',
    'doctor-attitude': 'very-satisfied',
    'doctor-listens': 'fully',
    'doctor-explains': 'very-clear',
    privacy: 'fully',
    respect: 'fully',
    charges: 'very-reasonable',
    recommend: '10',
    'red-packet': i === 0 ? 'yes' : 'no',
  };
}

/** The i-th patient's answers as the API takes them. */
export function submission(i: number): Readonly<Record<string, unknown>> {
  return {
    submissionId: randomUUID(),
    formId: 'outpatient',
    formVersion: 1,
    departmentCode: 'internal-medicine',
    mode: 'web',
    answers: outpatientAnswers(i),
    ...(i === 7 ? { comment: '我叫张三丰,住 12 床,等得太久。' } : {}),
  };
}

/** Reads a hidden field of a page. */
export function hiddenField(html: string, name: string): string {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0] ?? '';
  return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
}

const interview = (overall: string): Readonly<Record<string, unknown>> => ({
  submissionId: randomUUID(),
  formId: 'discharged',
  formVersion: 1,
  answers: {
    overall,
    'nurse-attitude': 'very-satisfied',
    'doctor-attitude': 'very-satisfied',
    'doctor-explains': 'very-satisfied',
    respect: 'very-satisfied',
    'ward-clean': 'very-satisfied',
    charges: 'very-satisfied',
    'discharge-advice': 'very-satisfied',
  },
});

/** The interviews of twelve calls: 9 very satisfied, 2 satisfied, 1 neutral; then 3 refusals, 2 without answer, 1 bad number. */
export const callResults: readonly object[] = [
  ...Array.from({ length: 12 }, (_, i) => ({
    disposition: 'complete',
    interview: interview(i < 9 ? 'very-satisfied' : i < 11 ? 'satisfied' : 'neutral'),
  })),
  ...Array.from({ length: 3 }, () => ({ disposition: 'refusal-patient', note: '患者明确表示不愿回答' })),
  ...Array.from({ length: 2 }, () => ({ disposition: 'no-answer' })),
  { disposition: 'bad-number', note: '空号' },
];
