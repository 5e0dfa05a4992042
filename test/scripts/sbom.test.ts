import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askNpm } from '../../scripts/supply-chain/ask-npm.ts';
import { billOfMaterials } from '../../scripts/supply-chain/bill-of-materials.ts';
import type { BillOfMaterials } from '../../scripts/supply-chain/bill-of-materials.ts';
import { lockedPackages } from '../../scripts/supply-chain/locked-packages.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const root = projectRoot();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

let document: BillOfMaterials;

beforeAll(async () => {
  document = await billOfMaterials('patient-satisfaction', lockedPackages(read('package-lock.json')));
});

interface Tree {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Tree>>;
}

/** Adds every package of a tree of `npm ls`, as `name@version`; those that are not installed have no version. */
function collect({ dependencies = {} }: Tree, names: Set<string>): ReadonlySet<string> {
  for (const [name, tree] of Object.entries(dependencies)) {
    if (tree.version !== undefined) names.add(`${name}@${tree.version}`);
    collect(tree, names);
  }
  return names;
}

const sorted = (names: Iterable<string>): readonly string[] =>
  [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1));

describe('the bill of materials', () => {
  test('is a CycloneDX document about this product', () => {
    expect(document).toMatchObject({ bomFormat: 'CycloneDX', version: 1 });
    expect(document.specVersion).toMatch(/^1\.[4-9]$/);
    expect(document.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(document.metadata.component).toMatchObject({ type: 'application', name: 'patient-satisfaction' });
  });

  test('names what npm installs for production, all of it and nothing else', async () => {
    const listed = await askNpm(['ls', '--omit=dev', '--all', '--package-lock-only', '--json'], 60_000);

    expect(sorted(document.components.map((one) => one['bom-ref']))).toEqual(
      sorted(collect(JSON.parse(listed) as Tree, new Set())),
    );
  });

  test('names every direct dependency in its very version, and none of development', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const versions = new Map(document.components.map(({ name, version }) => [name, version]));

    expect(Object.fromEntries(Object.keys(dependencies).map((name) => [name, versions.get(name)]))).toEqual(
      dependencies,
    );
    expect(Object.keys(devDependencies).filter((name) => versions.has(name))).toEqual(['typescript']);
  });

  test('gives each package its type, purl, licence and hash', () => {
    for (const component of document.components) {
      expect(component).toMatchObject({
        type: 'library',
        purl: expect.stringMatching(/^pkg:npm\/.+@.+$/) as unknown,
        licenses: [expect.anything()],
        hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as unknown }],
      });
    }
  });

  test('says of each who needs it, and refers to nothing that is not in it', () => {
    const known = new Set([
      String(document.metadata.component['bom-ref']),
      ...document.components.map((one) => one['bom-ref']),
    ]);
    const needed = document.dependencies.flatMap(({ dependsOn }) => dependsOn);

    expect(sorted(document.dependencies.map(({ ref }) => ref))).toEqual(sorted(known));
    expect(needed.filter((reference) => !known.has(reference))).toEqual([]);
  });
});
