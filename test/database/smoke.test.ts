import { expect, test } from '@jest/globals';
test('x', () => { expect(process.env['TEST_MONGODB_URI']).toMatch(/mongodb/); });
