import { describe, expect, test } from '@jest/globals';
import { broken, good } from './broken-forms.ts';
import { brokenSpoken } from './broken-spoken-forms.ts';
import { formFile, inAll, itemFile, overallItem, problemsOf, withItem } from './support.ts';

describe('the linter', () => {
  test('finds nothing in a good form', () => {
    expect(problemsOf(formFile())).toEqual([]);
  });

  test.each([...broken, ...brokenSpoken])('reports %s as %s at %s', (_what, code, pointer, file) => {
    const found = problemsOf(file);

    expect(found).toContainEqual(expect.objectContaining({ code, pointer }));
    expect(found.every(({ form, message }) => form.startsWith('sample') && message.endsWith('.'))).toBe(true);
  });

  test('reports all problems together', () => {
    const file = formFile({
      title: { 'zh-Hans': '问卷' },
      items: [itemFile({ code: 'A', options: [good] })],
    });

    expect(problemsOf(file).map(({ code }) => code)).toEqual([
      'required_items',
      'text_missing',
      'text_missing',
      'item_code',
      'too_few_options',
    ]);
  });

  test("asks only for the languages on the hospital's list, and always for Simplified Chinese", () => {
    const file = formFile({ title: { 'zh-Hans': '问卷' } });

    expect(problemsOf(file, ['zh-Hans'] as never)).toEqual([]);
    expect(problemsOf(formFile({ title: { ...inAll('a'), 'zh-Hans': ' ' } }), ['en'] as never)).toHaveLength(
      1,
    );
  });

  test('lets an unscored item do without scores and without a best option', () => {
    const options = ['relative', 'aide', 'nobody'].map((code) => ({ code, text: inAll(code) }));

    expect(problemsOf(withItem({ scored: false, options }))).toEqual([]);
  });

  test('lets a form ask as long as it stays within two minutes', () => {
    const items = Array.from({ length: 38 }, (_value, index) => itemFile({ code: `q${index}` }));

    expect(problemsOf(formFile({ items: [...items, overallItem] }))).toEqual([]);
  });
});
