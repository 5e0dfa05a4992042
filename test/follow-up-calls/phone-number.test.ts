import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { normalizePhone } from '../../src/follow-up-calls/phone-number.ts';
import { deepRuns } from '../support/deep.ts';

describe('a phone number', () => {
  test.each([
    ['13812341234', '13812341234'],
    [' 138-1234 1234', '13812341234'],
    ['１３８１２３４１２３４', '13812341234'],
    ['+86 138 1234 1234', '13812341234'],
    ['0086-13812341234', '13812341234'],
    ['8613812341234', '13812341234'],
    ['(0591)8765 4321', '059187654321'],
    ['０２１－６２３４５６７８', '02162345678'],
    ['+86 591 87654321', '059187654321'],
    ['+852 9123 4567', '+85291234567'],
    ['00853 6612 3456', '+85366123456'],
    ['+886 912 345 678', '+886912345678'],
  ])('written %s is dialled %s', (written, dialled) => {
    expect(normalizePhone(written)).toBe(dialled);
  });

  test.each([
    '',
    '无',
    '12812341234',
    '1381234123',
    '138123412345',
    '87654321',
    '13812341234/13912341234',
    '+1 202 555 0100',
  ])('is none when it is written %p', (written) => {
    expect(normalizePhone(written)).toBeNull();
  });

  test('stays what it is when it is normalised again, whatever was written', () => {
    const digits = fc.stringMatching(/^[+0-9 -]{0,16}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (written) => {
        const once = normalizePhone(written);
        expect(once === null ? null : normalizePhone(once)).toBe(once);
      }),
      { numRuns: deepRuns(500, 50_000) },
    );
  });
});
