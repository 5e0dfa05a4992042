import { describe, expect, test } from '@jest/globals';
import { mayShowPraise, praiseLines } from '../../src/scorecards/praise.view-model.ts';
import { presented } from '../support/presented.ts';
import { testTranslate } from '../support/test-app.ts';

const answered = (count: number, code?: string) => presented([{ count, chosen: { overall: 'very' } }], code);

describe('praise on a scorecard', () => {
  test('is shown of a department with 5 answers or more, and not of the hospital', () => {
    expect(mayShowPraise(answered(5))).toBe(true);
    expect(mayShowPraise(answered(4))).toBe(false);
    expect(mayShowPraise(answered(40, 'surgery'))).toBe(false);
    expect(mayShowPraise(answered(40, 'hospital'))).toBe(false);
  });

  test('says a name and a count in the order given, nothing else', () => {
    const lines = praiseLines(
      [
        { name: '李强', count: 1 },
        { name: '王芳', count: 3 },
      ],
      { locale: 'zh-Hans', t: testTranslate, digits: 0 },
    );

    expect(lines).toEqual(['李强：1 位患者点名表扬', '王芳：3 位患者点名表扬']);
  });
});
