import { refusal } from './backup-refusal.ts';
import { archiveFormatVersion, readArchiveLine } from './backup-archive.ts';
import type { ArchiveHeader, ArchiveManifest, CollectionSummary, LineDigest } from './backup-archive.ts';

/** What a whole archive holds. */
export interface CheckedArchive {
  readonly header: ArchiveHeader;
  readonly manifest: ArchiveManifest;
}

/** Reads an archive to its end. Throws `backup_damaged` when anything is missing or changed, `backup_unknown` for another format. */
export type CheckArchive = (lines: AsyncIterable<string>) => Promise<CheckedArchive>;

interface Counting {
  readonly name: string;
  documents: number;
  readonly digest: LineDigest;
}

interface Reading {
  readonly whole: LineDigest;
  readonly counted: Counting[];
  header: ArchiveHeader | null;
  manifest: ArchiveManifest | null;
}

/** Builds the check: every count and every hash of the manifest is made again from the lines. */
export function createCheckArchive(createDigest: () => LineDigest): CheckArchive {
  const take = (reading: Reading, line: string): void => {
    const read = readArchiveLine(line);
    if ((read.kind === 'header') !== (reading.header === null)) throw notOurs();
    if (reading.manifest !== null || read.kind === 'unknown') throw damaged();
    if (read.kind === 'header') reading.header = knownHeader(read.header);
    if (read.kind === 'collection')
      reading.counted.push({ name: read.name, documents: 0, digest: createDigest() });
    if (read.kind === 'document') count(reading.counted.at(-1), line);
    if (read.kind === 'manifest') reading.manifest = read.manifest;
    else reading.whole.add(line);
  };
  return async (lines) => {
    const reading: Reading = { whole: createDigest(), counted: [], header: null, manifest: null };
    for await (const line of readable(lines)) take(reading, line);
    const { header, manifest, whole, counted } = reading;
    if (header === null || manifest === null) throw damaged();
    if (manifest.sha256 !== whole.hex() || !same(manifest.collections, counted.map(summaryOf)))
      throw damaged();
    return { header, manifest };
  };
}

function count(collection: Counting | undefined, line: string): void {
  if (collection === undefined) throw damaged();
  collection.documents += 1;
  collection.digest.add(line);
}

function summaryOf({ name, documents, digest }: Counting): CollectionSummary {
  return { name, documents, sha256: digest.hex() };
}

function same(told: readonly CollectionSummary[], found: readonly CollectionSummary[]): boolean {
  return JSON.stringify(told) === JSON.stringify(found);
}

function knownHeader(header: ArchiveHeader): ArchiveHeader {
  if (header.format !== 'patient-satisfaction-backup') throw notOurs();
  if (header.formatVersion === archiveFormatVersion) return header;
  throw refusal(
    'backup_unknown',
    `The archive has the format version ${String(header.formatVersion)}; this version of the service reads ${String(archiveFormatVersion)}. Restore it with version ${header.serviceVersion} of the service.`,
  );
}

/** The lines; an error of the file or of its compression is damage. */
async function* readable(lines: AsyncIterable<string>): AsyncIterable<string> {
  try {
    yield* lines;
  } catch (error) {
    if (isMissing(error))
      throw refusal('backup_missing', 'The archive cannot be read: there is no such file.');
    throw damaged(error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function damaged(cause?: unknown): Error {
  return refusal(
    'backup_damaged',
    'The archive is damaged: it was cut or changed. Nothing was touched; take another archive.',
    cause,
  );
}

function notOurs(): Error {
  return refusal('backup_unknown', 'The file is no archive of this service.');
}
