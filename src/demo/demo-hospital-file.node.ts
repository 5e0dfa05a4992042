import { readFileSync } from 'node:fs';

/** What the file of the demonstration hospital holds, unchecked. Throws an Error of one sentence when it cannot be read. */
export function readDemoHospitalFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`The demonstration hospital ${path} cannot be read or is not JSON.`, { cause: error });
  }
}
