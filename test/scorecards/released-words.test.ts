import { describe, expect, test } from '@jest/globals';
import {
  hasPlaceForWords,
  heardByGroup,
  releasedWordsView,
} from '../../src/scorecards/released-words.view-model.ts';
import { presented } from '../support/presented.ts';
import { testTranslate } from '../support/test-app.ts';

const answered = (count: number, code?: string) => presented([{ count, chosen: { overall: 'very' } }], code);
const context = { locale: 'zh-Hans', t: testTranslate, digits: 0 } as const;

const viewOf = (n: number, comments: readonly { kind: 'comment'; text: string }[]) =>
  releasedWordsView({ n, minimum: 8, comments }, context);

describe('the words of patients on a scorecard', () => {
  test('have a place on a department’s, and none on the hospital’s', () => {
    expect(hasPlaceForWords(answered(40))).toBe(true);
    expect(hasPlaceForWords(answered(40, 'hospital'))).toBe(false);
  });

  test('rest on the complete answers of each patient group; a number that is hidden counts as none', () => {
    expect([...heardByGroup(answered(9)).values()]).toEqual([9]);
    expect([...heardByGroup(answered(4)).values()]).toEqual([0]);
  });

  test('say how many answers they are from, or that there are too few to show any', () => {
    expect(viewOf(9, [{ kind: 'comment', text: '饭菜凉' }])).toEqual({
      basis: '出自本月 9 份答卷，已去掉个人信息，由活动办核对。',
      comments: [{ kind: '意见', text: '饭菜凉' }],
    });
    expect(viewOf(9, []).basis).toBe('本月 9 份答卷，还没有核对过的原话。');
    expect(viewOf(0, []).basis).toContain('不足 8 份');
  });
});
