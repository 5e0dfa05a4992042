import { expect, test } from '@jest/globals';
import { DomainError } from '../../src/shared/domain-error.ts';

test('an error of the domain says its kind, its code and what may be shown', () => {
  const error = new DomainError('conflict', 'call_claimed', 'Another nurse has this call.');

  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'DomainError',
    kind: 'conflict',
    code: 'call_claimed',
    message: 'Another nurse has this call.',
    errors: [],
  });
  expect(error.retryAfterSeconds).toBeUndefined();
});

test('an error of the domain may name places and a time to wait', () => {
  const errors = [{ pointer: '/a', detail: 'wrong', code: 'a_wrong' }];

  expect(new DomainError('too-many', 'busy', 'Wait.', { errors, retryAfterSeconds: 9 })).toMatchObject({
    errors,
    retryAfterSeconds: 9,
  });
});
