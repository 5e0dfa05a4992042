import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

const chunkLength = 65_536;

/** Files of lines, compressed by gzip. Memory does not grow with their size. */
export interface ArchiveFiles {
  readonly exists: (file: string) => boolean;
  /** Writes a new file for its owner only, down to the disk. Rejects with the error of the lines, or of the disk. */
  readonly write: (file: string, lines: AsyncIterable<string>) => Promise<void>;
  /** The lines of a file. Throws in the middle where it is cut or changed. */
  readonly read: (file: string) => AsyncIterable<string>;
  /** Gives a written file its final name. */
  readonly moveIntoPlace: (from: string, to: string) => Promise<void>;
  /** Removes a file that may not be there. */
  readonly remove: (file: string) => Promise<void>;
}

async function* chunksOf(lines: AsyncIterable<string>): AsyncIterable<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function* linesOf(file: string): AsyncIterable<string> {
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.once('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  unpacked.setEncoding('utf8');
  try {
    let rest = '';
    for await (const chunk of unpacked) {
      const parts = (rest + String(chunk)).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
    if (rest !== '') yield rest;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The real files. */
export const archiveFiles: ArchiveFiles = {
  exists: existsSync,
  write: async (file, lines) => {
    await pipeline(
      Readable.from(chunksOf(lines)),
      createGzip(),
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    );
    await toDisk(file);
  },
  read: linesOf,
  moveIntoPlace: async (from, to) => {
    await rename(from, to);
    await toDisk(dirname(to));
  },
  remove: (file) => rm(file, { force: true }),
};
