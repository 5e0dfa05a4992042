import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { caughtMailId } from './mailbox.ts';

const ending = '.eml';

/** A folder of caught mails, one file each. */
export interface MailFolder {
  /** The file is there whole or not at all. */
  readonly put: (id: string, source: string) => Promise<void>;
  /** Names, newest first. */
  readonly names: () => Promise<readonly string[]>;
  /** Null when there is none, or the name is none of ours. */
  readonly get: (id: string) => Promise<string | null>;
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}

/** Opens a folder, which is made if it is not there. Mails are kept byte for byte (Latin-1). */
export async function openMailFolder(folder: string): Promise<MailFolder> {
  await mkdir(folder, { recursive: true });
  return {
    put: async (id, source) => {
      const unfinished = join(folder, `${id}.part`);
      await writeFile(unfinished, source, 'latin1');
      await rename(unfinished, join(folder, id + ending));
    },
    names: async () => {
      const files = await readdir(folder);
      return files
        .filter((file) => file.endsWith(ending) && caughtMailId.test(file.slice(0, -ending.length)))
        .map((file) => file.slice(0, -ending.length))
        .toSorted()
        .toReversed();
    },
    get: async (id) => {
      if (!caughtMailId.test(id)) return null;
      try {
        return await readFile(join(folder, id + ending), 'latin1');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
  };
}
