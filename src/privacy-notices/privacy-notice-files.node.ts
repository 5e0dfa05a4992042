import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The `.json` files of a folder, by name. Throws an Error of one sentence when one cannot be read or is not JSON. */
export function readNoticeFiles(
  folder: string,
): readonly { readonly name: string; readonly value: unknown }[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => ({ name, value: JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown }));
  } catch (error) {
    throw new Error(`The privacy notices in ${folder} cannot be read as JSON.`, { cause: error });
  }
}
