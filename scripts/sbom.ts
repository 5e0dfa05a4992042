import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { billOfMaterials } from './supply-chain/bill-of-materials.ts';
import { lockedPackages } from './supply-chain/locked-packages.ts';

// npm run sbom [-- FILE]: writes the packages of production as CycloneDX JSON, dist/sbom.cdx.json when no file is named.
const root = projectRoot();
const file = resolve(root, process.argv[2] ?? 'dist/sbom.cdx.json');
const packages = lockedPackages(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const document = await billOfMaterials('patient-satisfaction', packages);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
console.log(`${document.components.length} packages of production: ${file}`);
