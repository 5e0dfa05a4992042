import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { compileRules } from '../../src/comments/deidentification-rules.ts';
import { readDeidentificationFile } from '../../src/comments/deidentification.schema.ts';
import { createDeidentify } from '../../src/comments/deidentify.ts';
import type { Deidentified } from '../../src/comments/deidentify.ts';
import { digitOf, isSeparator } from '../../src/comments/reading.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { beyondTheRules, corpus, registeredStaff } from './corpus.ts';

const file = readDeidentificationFile(
  JSON.parse(readFileSync(`${projectRoot()}/config/privacy/deidentification.json`, 'utf8')),
);
const rules = compileRules(file);
const names = registeredStaff;
const deidentify = createDeidentify(rules, { names, keep: false });
const deidentifyPraise = createDeidentify(rules, { names, keep: true });

const marked = /\{([^|}]+)\|([^}]+)\}/g;

/** A line of the corpus: the sentence, what must come out, and what must go. */
function caseOf(line: string): { praise: boolean; text: string; expected: string; gone: readonly string[] } {
  const sentence = line.replace(/^\+/, '');
  return {
    praise: line.startsWith('+'),
    text: sentence.replaceAll(marked, '$2'),
    expected: sentence.replaceAll(marked, '【$1】'),
    gone: [...sentence.matchAll(marked)].map(([, kind, text]) => `${kind} ${text}`),
  };
}

const tokenWord = (kind: keyof typeof file.tokens): string => file.tokens[kind].slice(1, -1);
const removed = ({ parts }: Deidentified): readonly string[] =>
  parts.flatMap(({ kind, text }) => (kind === null ? [] : [`${tokenWord(kind)} ${text}`]));
const run = ({ praise, text }: { praise: boolean; text: string }): Deidentified =>
  (praise ? deidentifyPraise : deidentify)(text);

describe('the corpus', () => {
  const cases = corpus.map(caseOf);

  test('has at least 150 sentences', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
  });

  test.each(cases)('$text → $expected', (one) => {
    expect(run(one).text).toBe(one.expected);
  });

  test('is found with the precision and recall that are printed here', () => {
    const all = [...cases, ...beyondTheRules.map(caseOf)];
    const removals = all.flatMap((one) => removed(run(one)).map((part) => one.gone.includes(part)));
    const right = removals.filter(Boolean).length;
    const wanted = all.reduce((sum, one) => sum + one.gone.length, 0);
    process.stdout.write(
      `de-identification: precision ${right}/${removals.length}, recall ${right}/${wanted}\n`,
    );

    expect(right / removals.length).toBeGreaterThanOrEqual(0.98);
    expect(right / wanted).toBeGreaterThanOrEqual(0.95);
  });
});

/** A stretch of digits, with marks between them, in which a mobile number begins. */
function mobileSurvives(text: string): boolean {
  const joined = Array.from(text.normalize('NFKC'))
    .filter((character) => !/\p{Default_Ignorable_Code_Point}/u.test(character))
    .filter(
      (character) => digitOf(character) !== null || !isSeparator(character) || '【】'.includes(character),
    )
    .map((character) => digitOf(character) ?? character)
    .join('');
  return /1[3-9]\d{9}/.test(joined);
}

const digitForms = [
  '0０零〇',
  '1１一壹幺①',
  '2２二贰',
  '3３三叁',
  '4４四肆',
  '5５五伍',
  '6６六陆',
  '7７七柒',
  '8８八捌',
  '9９九玖',
].map((forms) => Array.from(forms));
const digit = (from: number, to: number) =>
  fc
    .tuple(fc.integer({ min: from, max: to }), fc.nat(20))
    .map(([value, form]) => digitForms[value]?.[form % digitForms[value].length] ?? '');
const separator = fc.string({
  unit: fc.constantFrom(
    ' ',
    '-',
    '－',
    '.',
    '。',
    ',',
    '，',
    '、',
    '(',
    ')',
    '/',
    '\n',
    '\t',
    '_',
    '·',
    '—',
    '\u3000',
    '\u200B',
    '*',
    '+',
    '~',
    ':',
    '：',
  ),
  maxLength: 8,
});
const mobile = fc
  .tuple(
    fc.constantFrom('1', '１', '一', '幺', '①'),
    digit(3, 9),
    fc.array(digit(0, 9), { minLength: 9, maxLength: 9 }),
    fc.array(separator, { minLength: 10, maxLength: 10 }),
  )
  .map(([first, second, rest, between]) =>
    [first, second, ...rest].map((part, index) => part + (between[index] ?? '')).join(''),
  );

describe('whatever is written', () => {
  test('no mobile number survives, with any marks between its digits, in any digits, in any words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(mobile, fc.constantFrom(...corpus.map((line) => caseOf(line).text))), {
          maxLength: 4,
        }),
        (parts) => {
          const { text } = deidentify(parts.join('吧'));
          expect(mobileSurvives(text)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the parts make up the original, and the proposal is the kept ones with a token for each other', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(fc.string({ unit: 'binary' }), mobile, fc.constantFrom(...corpus)), {
            maxLength: 6,
          })
          .map((list) => list.join('')),
        (text) => {
          const { parts, text: proposal } = deidentify(text);
          expect(parts.map((part) => part.text).join('')).toBe(text);
          expect(
            parts.map((part) => (part.kind === null ? part.text : file.tokens[part.kind])).join(''),
          ).toBe(proposal);
          expect(parts.every((part) => part.text !== '')).toBe(true);
        },
      ),
    );
  });

  test('a name of the register never stands in words that are no praise', () => {
    fc.assert(
      fc.property(fc.constantFrom('李秀英', '王建国', '陈静'), fc.constantFrom(...corpus), (name, line) => {
        const { text } = deidentify(`${caseOf(line).text}。${name}不好`);
        expect(text).not.toContain(name);
      }),
    );
  });
});

describe('the work', () => {
  const hostile = [
    '1',
    '一',
    '13',
    '1 ',
    '1-',
    '患者',
    '张',
    '医生',
    '张医',
    '我爸张',
    '@',
    'a',
    'a@',
    'a.',
    '村',
    '王村',
    '加',
    '加1',
    '月',
    '3月',
    '2026-',
    '2026年',
    '家住',
    '电话',
    '电话 ',
    '微信',
    '住院号',
    '云A',
    '　',
    '\u200B',
    '👨‍👩‍👧',
    '先生',
    '王先生',
    '家住王',
    '正月',
    '(((',
    '…',
  ];

  test.each(hostile)('for 10,000 characters of %j is at most 1,000 looks at each', (unit) => {
    const text = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000);

    expect(deidentify(text).steps).toBeLessThanOrEqual(1_000 * text.length);
  });

  test('doubles when the text doubles, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...hostile), { minLength: 1, maxLength: 6 }), (units) => {
        const piece = units.join('');
        const once = deidentify(piece.repeat(400)).steps;
        const twice = deidentify(piece.repeat(800)).steps;
        expect(twice).toBeLessThanOrEqual(2.2 * once + 5_000);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the rules in the configuration', () => {
  test.each([
    ['a list that is missing', { surnames: undefined }],
    ['a word so long that looking for it would cost', { honorifics: ['很'.repeat(13)] }],
    ['a kind without a token', { tokens: {} }],
  ])('are refused with %s', (_what, change) => {
    expect(() => readDeidentificationFile({ ...file, ...change })).toThrow(/rules of de-identification/);
  });
});
