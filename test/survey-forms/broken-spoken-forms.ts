import type { CallScript } from '../../src/survey-forms/call-script.ts';
import type { ItemFile, SurveyFormFile } from '../../src/survey-forms/survey-form-file.ts';
import type { UnfoldingBranch } from '../../src/survey-forms/survey-form.ts';
import { formFile, inAll, itemFile, overallItem, withItem } from './support.ts';

const branch = (text: string, question: string | null, options: string[]): UnfoldingBranch => ({
  text: inAll(text),
  question: question === null ? null : inAll(question),
  options,
});

const levels = (codes: readonly string[]): ItemFile['options'] =>
  codes.map((code, index) => {
    const best = index === codes.length - 1;
    return { code, text: inAll(code), satisfied: best, topBox: best };
  });

/** A good form that is read aloud; `changes` break its first item or its script. */
function spoken(changes: Partial<ItemFile>, script: Partial<CallScript> = {}): SurveyFormFile {
  const words = inAll('您好');
  const situation = { say: words, afterwards: words };
  return formFile({
    script: {
      greeting: words,
      introduction: words,
      promise: words,
      now: words,
      consent: words,
      notNow: words,
      refusal: words,
      complaint: situation,
      redFlag: situation,
      closing: words,
      ...script,
    },
    items: [itemFile({ script: words, ...changes }), { ...overallItem, script: words }],
  });
}

/** What is broken in a form that is read aloud: the code and the pointer of the problem, and the file. */
export const brokenSpoken: readonly (readonly [string, string, string, SurveyFormFile])[] = [
  [
    'a script without a translation',
    'text_missing',
    '/script/complaint/afterwards/en',
    spoken({}, { complaint: { say: inAll('抱歉'), afterwards: { 'zh-Hans': '记下', 'zh-Hant': '記下' } } }),
  ],
  [
    'a script without its closing words',
    'shape',
    '/script/closing',
    spoken({}, { closing: undefined as never }),
  ],
  ['an item the caller has no words for', 'script_missing', '/items/0/script', spoken({ script: undefined })],
  [
    'a confidential item asked by a caller',
    'spoken_confidential',
    '/items/0/confidential',
    spoken({ confidential: true, scored: false }),
  ],
  [
    'a number asked on the phone',
    'spoken_numbers',
    '/items/0/options',
    spoken({ order: 'worst-first', options: levels(['0', '1', '2']) }),
  ],
  [
    'four options read out at once',
    'unfolding_missing',
    '/items/0/unfolding',
    spoken({ order: 'worst-first', options: levels(['a', 'b', 'c', 'd']) }),
  ],
  [
    'five answers to a first question',
    'unfolding_branches',
    '/items/0/unfolding/branches',
    withItem({
      order: 'worst-first',
      options: levels(['a', 'b', 'c', 'd', 'e']),
      unfolding: {
        question: inAll('怎样'),
        branches: ['a', 'b', 'c', 'd', 'e'].map((code) => branch(code, null, [code])),
      },
    }),
  ],
  [
    'a two-step question that forgets an option',
    'unfolding_options',
    '/items/0/unfolding',
    withItem({
      unfolding: {
        question: inAll('好吗'),
        branches: [branch('好', null, ['yes']), branch('很好', null, ['yes'])],
      },
    }),
  ],
  [
    'a branch of two options without a second question',
    'unfolding_question',
    '/items/0/unfolding',
    withItem({
      unfolding: {
        question: inAll('好吗'),
        branches: [branch('都行', null, ['yes', 'no']), branch('无', null, ['no'])],
      },
    }),
  ],
];
