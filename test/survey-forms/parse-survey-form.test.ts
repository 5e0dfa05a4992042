import { describe, expect, test } from '@jest/globals';
import { formFile, formOf, inAll, itemFile, overallItem, parse, withItem, yesNo } from './support.ts';

const hashOf = (text: string): string | undefined => parse({ name: 'a.json', text }).form?.contentHash;

describe('a survey form file', () => {
  test('that is not JSON is refused in one sentence that names the file', () => {
    const { form, problems } = parse({ name: 'emergency.json', text: '{"id": "emergency",' });

    expect(form).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ form: 'emergency.json', code: 'not_json' });
    expect(problems[0]?.message).toMatch(/^The file is not valid JSON \(.+\)\. Check it/);
  });

  test.each(['null', '[]', '"text"', '3', '{}'])('that holds only %s has the wrong shape', (text) => {
    expect(parse({ name: 'a.json', text }).problems[0]?.code).toBe('shape');
  });

  test('may share a scale between items, each with its own N/A wording', () => {
    const form = formOf({
      ...formFile({
        items: [
          itemFile({ optionSet: 'scale', notApplicable: { code: 'na', text: inAll('没按过呼叫铃') } }),
          overallItem,
        ],
      }),
      optionSets: { scale: { options: yesNo ?? [] } },
    });

    expect(form.items[0]?.options.map(({ code, notApplicable }) => [code, notApplicable])).toEqual([
      ['yes', false],
      ['no', false],
      ['na', true],
    ]);
    expect(form.items[0]?.appliesToAll).toBe(false);
    expect(form.items[1]?.appliesToAll).toBe(true);
  });

  test('gives the linear scores of its stated order, N/A left out of the ranks', () => {
    const options = ['never', 'sometimes', 'often', 'always'].map((code) => ({ code, text: inAll(code) }));
    const na = { code: 'na', text: inAll('无'), notApplicable: true };
    const scores = (order: 'worst-first' | 'best-first', list: typeof options) =>
      formOf(withItem({ order, options: [na, ...list] })).items[0]?.options.map(({ code, score }) => [
        code,
        score,
      ]);

    expect(scores('worst-first', options)).toEqual([
      ['na', null],
      ['never', 0],
      ['sometimes', 100 / 3],
      ['often', 200 / 3],
      ['always', 100],
    ]);
    expect(scores('best-first', options.toReversed())?.toSorted()).toEqual(
      scores('worst-first', options)?.toSorted(),
    );
  });

  test('keeps its own scores where it states them: the map wins over the order', () => {
    const options = [100, 80, 60, 40, 20].map((score) => ({ code: `s${score}`, text: inAll('a'), score }));

    const form = formOf(withItem({ order: 'worst-first', options }));

    expect(form.items[0]?.options.map(({ score }) => score)).toEqual([100, 80, 60, 40, 20]);
  });

  test('gives no score from the position of an option when no order is stated', () => {
    const options = [
      { code: 'a', text: inAll('a') },
      { code: 'b', text: inAll('b') },
    ];

    expect(formOf(withItem({ options })).items[0]?.options.map(({ score }) => score)).toEqual([null, null]);
  });

  test('has a hash that depends on its content and not on its layout', () => {
    const file = formFile();
    const reversed = Object.fromEntries(Object.entries(file).toReversed());

    const hash = hashOf(JSON.stringify(file));

    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(JSON.stringify(reversed, null, 4))).toBe(hash);
    expect(hashOf(JSON.stringify({ ...file, title: inAll('别的') }))).not.toBe(hash);
  });
});
