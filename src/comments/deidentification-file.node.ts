import { readFileSync } from 'node:fs';

/** What the file of the rules holds. Throws an Error of one sentence when it cannot be read or is not JSON. */
export function readRulesFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    throw new Error(`The rules of de-identification in ${path} cannot be read as JSON.`);
  }
}
