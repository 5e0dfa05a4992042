import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const EXPECTED = ['LICENSE', 'config', 'dist', 'node_modules', 'package.json', 'templates'];

/** Throws when the production tree holds more or less than production needs; returns {packages, megabytes}. */
export function inspectTree(folder) {
  const found = readdirSync(folder).toSorted();
  if (found.join() !== EXPECTED.join()) throw new Error(`The image holds ${found.join(', ')}.`);
  const { dependencies, devDependencies } = readJson(path.join(folder, 'package.json'));
  const isThere = (name) => existsSync(path.join(folder, 'node_modules', name));
  const missing = Object.keys(dependencies).filter((name) => !isThere(name));
  const { packages } = readJson(path.join(folder, 'node_modules', '.package-lock.json'));
  const installed = Object.keys(packages).filter((name) => existsSync(path.join(folder, name)));
  const extra = [
    ...Object.keys(devDependencies).filter(isThere),
    ...installed.filter((name) => packages[name].dev || packages[name].devOptional),
  ];
  if (missing.length > 0) throw new Error(`Packages are missing: ${missing.join(', ')}.`);
  if (extra.length > 0) throw new Error(`Development packages are there: ${extra.join(', ')}.`);
  const bytes = filesBelow(folder).reduce((sum, file) => sum + statSync(file).size, 0);
  return { packages: installed.length, megabytes: Math.round(bytes / 1e6) };
}

/** One line a file below a folder with its size and time: equal before and after when nothing was written. */
export function stateOf(folder) {
  return filesBelow(folder)
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    })
    .toSorted()
    .join('\n');
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
