import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';

test('the root of the project is where package.json, config/ and templates/ are', () => {
  const found = ['package.json', 'config', 'templates'].map((name) => existsSync(join(projectRoot(), name)));

  expect(found).toEqual([true, true, true]);
});
