import { describe, expect, test } from '@jest/globals';
import { graveWeaknesses, readAudit } from '../../scripts/supply-chain/npm-audit.ts';

const url = 'https://github.com/advisories/GHSA-0000-0000-0000';

/** A report as npm 7 to 11 prints it (`auditReportVersion` 2). */
function report(severities: Readonly<Record<string, string>>): string {
  const vulnerabilities = Object.fromEntries(
    Object.entries(severities).map(([name, severity]) => [
      name,
      { name, severity, isDirect: true, via: [{ source: 1, name, title: 'It breaks', url, severity }, 'qs'] },
    ]),
  );
  const metadata = { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 } };
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata });
}

describe('reading what npm audit printed', () => {
  test('names every package with its severity and its advisories, and what it came through', () => {
    const reading = readAudit(report({ express: 'high' }));

    expect(reading).toEqual({
      kind: 'answered',
      weaknesses: [{ name: 'express', severity: 'high', advisories: [`It breaks ${url}`, 'through qs'] }],
    });
  });

  test('only high and critical weaknesses must not stand', () => {
    const reading = readAudit(report({ a: 'info', b: 'low', c: 'moderate', d: 'high', e: 'critical' }));

    const found = reading.kind === 'answered' ? graveWeaknesses(reading.weaknesses) : [];
    expect(found.map(({ name }) => name)).toEqual(['d', 'e']);
  });

  test.each([
    [
      'a proxy that refuses the method',
      {
        message: '405 Method Not Allowed - POST https://registry.example/x',
        statusCode: 405,
        error: { summary: '', detail: '' },
      },
    ],
    [
      'a proxy that forbids it',
      { message: '403 Forbidden - POST https://registry.example/x', statusCode: 403, error: { summary: '' } },
    ],
    [
      'no network',
      {
        message: 'request to https://registry.example/x failed, reason: connect ECONNREFUSED',
        error: { summary: '' },
      },
    ],
    [
      'a page of HTML instead of an answer',
      { message: 'invalid json response body at https://registry.example/x', error: { summary: '' } },
    ],
    [
      'no address for the name',
      { error: { code: 'ENOTFOUND', summary: 'getaddrinfo ENOTFOUND registry.example' } },
    ],
    [
      'another answer than npm expects',
      { error: { summary: 'loading from incorrect packument', detail: '' } },
    ],
    ['nothing said', { error: {} }],
  ])('%s is no answer, and not a clean one', (_name, output) => {
    expect(readAudit(JSON.stringify(output)).kind).toBe('unanswered');
  });

  test.each(['', '<html>log in first</html>', 'null', '"text"', '[]', '{}'])(
    'the output %j is no answer either: npm was ended, or printed something else',
    (output) => {
      expect(readAudit(output).kind).toBe('unanswered');
    },
  );

  test('a lock file that is missing is a fault of ours, which no refusal may hide', () => {
    const output = { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } };

    expect(readAudit(JSON.stringify(output))).toEqual({
      kind: 'broken',
      reason: 'This command requires an existing lockfile.',
    });
  });
});
