import { readFileSync } from 'node:fs';

/** What a department file holds. Throws an Error of one sentence when it cannot be read or is not JSON. */
export function readDepartmentFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`The department file ${path} cannot be read.`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`The department file ${path} is not JSON.`);
  }
}
