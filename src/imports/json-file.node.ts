import { readFileSync } from 'node:fs';

/** What a JSON file of the configuration holds. Throws an Error of one sentence when it cannot be read or is not JSON. */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    throw new Error(`The file ${path} cannot be read as JSON.`);
  }
}
