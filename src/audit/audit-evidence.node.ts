import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEvidence } from './audit-evidence.ts';

const sealsFile = 'audit-seals.jsonl';
const ending = '.mark.json';
const ownerOnly = 0o600;
const missing: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (typeof error === 'object' && error !== null && 'code' in error && missing.has(error.code))
      return nothing;
    throw error;
  };
}

async function writeThrough(file: string, flags: 'a' | 'w', text: string): Promise<void> {
  const handle = await open(file, flags, ownerOnly);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(orNothing(''));

/** Evidence in a folder, readable by its owner only; the folder is made at the first writing. */
export function openAuditEvidence(folder: string): AuditEvidence {
  const marks = join(folder, 'chains');
  const prepare = (): Promise<unknown> => mkdir(marks, { recursive: true, mode: 0o700 });
  return {
    addLine: async (line) => {
      await prepare();
      await writeThrough(join(folder, sealsFile), 'a', `${line}\n`);
    },
    lines: async () => (await read(join(folder, sealsFile))).split('\n').filter((line) => line !== ''),
    putMark: async (chain, text) => {
      await prepare();
      const file = join(marks, `${chain}${ending}`);
      await writeThrough(`${file}.part`, 'w', text);
      await rename(`${file}.part`, file);
    },
    marks: async () => {
      const files = (await readdir(marks).catch(orNothing<string[]>([]))).filter((file) =>
        file.endsWith(ending),
      );
      const texts = await Promise.all(files.map((file) => read(join(marks, file))));
      return texts.filter((text) => text !== '');
    },
    dropMark: (chain) => rm(join(marks, `${chain}${ending}`), { force: true }),
  };
}
