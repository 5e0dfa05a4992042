import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The `.json` files of a folder, by name, without a byte order mark. Rejects with a sentence that names the folder when
 * it cannot be read.
 */
export async function readSurveyFormFiles(
  folder: string,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
    return await Promise.all(
      names.map(async (name) => ({
        name,
        text: (await readFile(join(folder, name), 'utf8')).replace(/^\uFEFF/, ''),
      })),
    );
  } catch (error) {
    throw new Error(
      `The survey forms in ${folder} cannot be read. Check that the folder exists and is readable.`,
      {
        cause: error,
      },
    );
  }
}
