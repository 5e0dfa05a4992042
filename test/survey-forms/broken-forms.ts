import type { ItemFile, SurveyFormFile } from '../../src/survey-forms/survey-form-file.ts';
import { formFile, inAll, itemFile, overallItem, withItem, yesNo } from './support.ts';

/** An option that is right. */
export const good = { code: 'yes', text: inAll('好'), score: 100, satisfied: true, topBox: true };
const bad = { code: 'no', text: inAll('差'), score: 0 };
const confidential: Partial<ItemFile> = { confidential: true };

/** What is broken, the code and the pointer of the problem, and the file. */
export const broken: readonly (readonly [string, string, string, SurveyFormFile])[] = [
  ['an item code in capitals', 'item_code', '/items/0/code', withItem({ code: 'Attitude' })],
  ['an item code that starts with a digit', 'item_code', '/items/0/code', withItem({ code: '1st' })],
  ['an item code of 41 characters', 'item_code', '/items/0/code', withItem({ code: 'a'.repeat(41) })],
  [
    'a unit code with a blank',
    'unit_code',
    '/items/0/responsibleUnit/fixed',
    withItem({ responsibleUnit: { fixed: 'back office', name: inAll('后勤') } }),
  ],
  ['an item code twice', 'item_code_repeated', '/items/1/code', withItem({ code: 'overall' })],
  [
    'a label of 13 characters',
    'label_too_long',
    '/items/0/label/zh-Hans',
    withItem({ label: { 'zh-Hans': '字'.repeat(13), 'zh-Hant': '態度', en: 'Manner' } }),
  ],
  ['a label twice', 'label_repeated', '/items/1/label', withItem({ label: inAll('总体') })],
  [
    'an option code with a blank',
    'option_code',
    '/items/0/options/1/code',
    withItem({ options: [good, { ...bad, code: 'n o' }] }),
  ],
  [
    'an option code twice',
    'option_code_repeated',
    '/items/0/options/1/code',
    withItem({ options: [good, { ...bad, code: 'yes' }] }),
  ],
  ['a patient group in capitals', 'form_code', '/patientGroup', formFile({ patientGroup: 'OPD' })],
  ['one option only', 'too_few_options', '/items/0/options', withItem({ options: [good] })],
  [
    'one option beside N/A',
    'too_few_options',
    '/items/0/options',
    withItem({ options: [good, { code: 'na', text: inAll('无'), notApplicable: true }] }),
  ],
  ['options on a text item', 'text_with_options', '/items/0/options', withItem({ kind: 'text' })],
  [
    'a missing score',
    'score_missing',
    '/items/0/options/1/score',
    withItem({ options: [good, { ...bad, score: undefined }] }),
  ],
  [
    'a score of 101',
    'score_range',
    '/items/0/options/0/score',
    withItem({ options: [{ ...good, score: 101 }, bad] }),
  ],
  [
    'a negative score',
    'score_range',
    '/items/0/options/1/score',
    withItem({ options: [good, { ...bad, score: -1 }] }),
  ],
  [
    'N/A with a score',
    'not_applicable_scored',
    '/items/0/options/2/score',
    withItem({ options: [good, bad, { code: 'na', text: inAll('无'), score: 0, notApplicable: true }] }),
  ],
  [
    'N/A counted as satisfied',
    'not_applicable_scored',
    '/items/0/options/2/score',
    withItem({
      options: [good, bad, { code: 'na', text: inAll('无'), satisfied: true, notApplicable: true }],
    }),
  ],
  [
    'no top box',
    'top_box_missing',
    '/items/0/options',
    withItem({ options: [{ ...good, topBox: false }, bad] }),
  ],
  [
    'a top box that is not satisfied',
    'top_box_unsatisfied',
    '/items/0/options',
    withItem({ options: [{ ...good, satisfied: false }, bad] }),
  ],
  [
    'a satisfied option that scores lower',
    'satisfied_order',
    '/items/0/options',
    withItem({
      options: [
        { ...good, satisfied: false },
        { ...bad, satisfied: true },
      ],
    }),
  ],
  [
    'a top box that scores lower',
    'top_box_order',
    '/items/0/options',
    withItem({
      options: [
        { ...good, topBox: false },
        { ...bad, satisfied: true, topBox: true },
      ],
    }),
  ],
  ['no required item', 'required_items', '/items', formFile({ items: [itemFile()] })],
  [
    'two required overall items',
    'required_items',
    '/items',
    formFile({ items: [overallItem, { ...overallItem, code: 'again' }] }),
  ],
  ['two required items', 'required_items', '/items', withItem({ required: true })],
  [
    'a required item outside the overall dimension',
    'required_items',
    '/items',
    formFile({ items: [itemFile({ required: true })] }),
  ],
  [
    'a required text',
    'required_items',
    '/items',
    formFile({ items: [{ ...overallItem, kind: 'text', options: [] }] }),
  ],
  [
    'two comment items',
    'comment_repeated',
    '/items',
    formFile({
      items: [
        itemFile({ code: 'one', kind: 'comment', options: [] }),
        itemFile({ code: 'two', kind: 'comment', options: [] }),
        overallItem,
      ],
    }),
  ],
  [
    'a confidential overall item',
    'confidential_item',
    '/items/0/confidential',
    withItem({ ...confidential, dimension: 'overall' }),
  ],
  [
    'a confidential text',
    'confidential_item',
    '/items/0/confidential',
    withItem({ ...confidential, kind: 'text', options: [] }),
  ],
  [
    'a required confidential item',
    'confidential_item',
    '/items/0/confidential',
    formFile({ items: [{ ...overallItem, ...confidential }] }),
  ],
  [
    'a missing language',
    'text_missing',
    '/items/0/text/en',
    withItem({ text: { 'zh-Hans': '好吗', 'zh-Hant': '好嗎' } }),
  ],
  [
    'a blank text',
    'text_missing',
    '/title/zh-Hant',
    formFile({ title: { ...inAll('问卷'), 'zh-Hant': '  ' } }),
  ],
  [
    'an option without a translation',
    'text_missing',
    '/items/0/options/1/text/en',
    withItem({ options: [good, { ...bad, text: { 'zh-Hans': '差', 'zh-Hant': '差' } }] }),
  ],
  [
    'a unit without a translation',
    'text_missing',
    '/items/0/responsibleUnit/name/en',
    withItem({ responsibleUnit: { fixed: 'logistics', name: { 'zh-Hans': '后勤', 'zh-Hant': '後勤' } } }),
  ],
  [
    'more than two minutes of questions',
    'too_long',
    '/items',
    formFile({
      items: [...Array.from({ length: 40 }, (_value, index) => itemFile({ code: `q${index}` })), overallItem],
    }),
  ],
  [
    'a scale that does not exist',
    'unknown_option_set',
    '/items/0/optionSet',
    withItem({ optionSet: 'frequency4' }),
  ],
  [
    'a scale that does not answer the question',
    'stem_mismatch',
    '/items/0/text',
    { ...withItem({ optionSet: 'clean' }), optionSets: { clean: { stem: ['干净'], options: yesNo ?? [] } } },
  ],
  ['a missing dimension', 'shape', '/items/0/dimension', withItem({ dimension: undefined } as never)],
  ['a dimension nobody knows', 'shape', '/items/0/dimension', withItem({ dimension: 'food' } as never)],
  ['a day that does not exist', 'shape', '/effectiveFrom', formFile({ effectiveFrom: '2026-02-30' })],
  ['a misspelt key', 'shape', '/items/0/requird', withItem({ requird: true } as never)],
  [
    'a score written as text',
    'shape',
    '/items/0/options/1/score',
    withItem({ options: [good, { ...bad, score: '0' as never }] }),
  ],
];
