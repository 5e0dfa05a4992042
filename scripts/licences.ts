import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../src/shared/group-by.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { refusedPackages } from './supply-chain/licence-rule.ts';
import { lockedPackages } from './supply-chain/locked-packages.ts';
import type { LockedPackage } from './supply-chain/locked-packages.ts';

// npm run licences [-- --list]: fails on a package of production whose licence is not on the list of licence-rule.ts.
const named = process.argv.includes('--list');
const packages = lockedPackages(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8'));

function print(title: string, some: readonly LockedPackage[]): void {
  console.log(`${title}: ${some.length} packages`);
  for (const [licence, group] of groupBy(some, (one) => one.licence ?? 'no licence stated')) {
    const names = group.map(({ name, version }) => `${name}@${version}`).join(' ');
    console.log(`  ${licence}: ${named ? names : group.length}`);
  }
}

print(
  'production',
  packages.filter(({ development }) => !development),
);
print(
  'development only',
  packages.filter(({ development }) => development),
);
const refused = refusedPackages(packages);
for (const { name, version, licence } of refused)
  console.error(`Not allowed in production: ${name}@${version} (${licence ?? 'no licence stated'})`);
if (refused.length > 0) process.exitCode = 1;
