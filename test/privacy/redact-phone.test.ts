import { expect, test } from '@jest/globals';
import { redactPhone } from '../../src/privacy/redact-phone.ts';

test.each([
  ['13812341234', '138****1234'],
  ['0591-87654321', '**********21'],
  ['+85291234567', '*********67'],
  ['7', '7'],
  ['', ''],
])('a phone number %s is shown as %s', (phone, shown) => {
  expect(redactPhone(phone)).toBe(shown);
});
