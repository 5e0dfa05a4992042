import type { SurveyFormFile } from '../../src/survey-forms/survey-form-file.ts';
import type { UnfoldingBranch } from '../../src/survey-forms/survey-form.ts';
import { formFile, inAll, withItem } from './support.ts';

const branch = (text: string, question: string | null, options: string[]): UnfoldingBranch => ({
  text: inAll(text),
  question: question === null ? null : inAll(question),
  options,
});

/** What is broken in a form that is read aloud: the code and the pointer of the problem, and the file. */
export const brokenSpoken: readonly (readonly [string, string, string, SurveyFormFile])[] = [
  [
    'a script without a translation',
    'text_missing',
    '/script/en',
    formFile({ script: { 'zh-Hans': '您好', 'zh-Hant': '您好' } }),
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
