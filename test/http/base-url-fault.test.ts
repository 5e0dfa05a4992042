import { expect, test } from '@jest/globals';
import { baseUrlFaults } from '../../src/http/base-url-fault.ts';

test.each([
  ['https://manyi.hospital.example', []],
  ['http://localhost:3000', []],
  ['http://manyi.hospital.example', ['plain-http']],
  ['https://10.1.2.3', ['ip-address']],
  ['http://10.1.2.3:3000', ['ip-address', 'plain-http']],
  ['https://[2001:db8::1]:8443', ['ip-address']],
  ['https://10.hospital.example', []],
])('an address people are told should be a name and https: %s', (url, faults) => {
  expect(baseUrlFaults(url)).toEqual(faults);
});
