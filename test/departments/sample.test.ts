import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../../src/shared/project-root.node.ts';

interface Form {
  readonly items: readonly { readonly responsibleUnit: string | { readonly fixed: string } }[];
}
const read = (path: string): unknown => JSON.parse(readFileSync(`${projectRoot()}/config/${path}`, 'utf8'));

describe('the sample hospital', () => {
  test('has a head for every fixed unit of the shipped forms but the hospital itself and the discipline office', () => {
    const { departments } = read('departments.sample.json') as {
      readonly departments: readonly { readonly code: string; readonly recipients: readonly unknown[] }[];
    };
    const headed = departments.filter(({ recipients }) => recipients.length > 0).map(({ code }) => code);
    const fixed = readdirSync(`${projectRoot()}/config/survey-forms`)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => (read(`survey-forms/${file}`) as Form).items)
      .flatMap(({ responsibleUnit: unit }) => (typeof unit === 'string' ? [] : [unit.fixed]));
    const nobody = new Set(['hospital', 'discipline-office', ...headed]);

    expect(fixed.filter((code) => !nobody.has(code))).toEqual([]);
  });
});
