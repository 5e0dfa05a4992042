/** What an archive says of itself in its first line. */
export interface ArchiveHeader {
  readonly format: 'patient-satisfaction-backup';
  /** Of the format; a reader refuses one it does not know. */
  readonly formatVersion: number;
  /** Of the service that wrote it. */
  readonly serviceVersion: string;
  readonly database: string;
  /** ISO; everything acknowledged before this moment and not deleted since is in the archive. */
  readonly startedAt: string;
  /** Fingerprints of the keys that encrypted fields may need and of the audit trail's, a space between them. */
  readonly keys: string;
}

/** One collection as it was read: its number of documents and the SHA-256 of its lines, lower-case hex. */
export interface CollectionSummary {
  readonly name: string;
  readonly documents: number;
  readonly sha256: string;
}

/** The last line: what must be in the archive for it to be whole. */
export interface ArchiveManifest {
  /** ISO. */
  readonly endedAt: string;
  readonly collections: readonly CollectionSummary[];
  /** SHA-256 of every line before this one. */
  readonly sha256: string;
}

/** A line of an archive, taken apart. Documents stay text: canonical MongoDB Extended JSON, or `=` and BSON in base64. */
export type ArchiveLine =
  | { readonly kind: 'header'; readonly header: ArchiveHeader }
  | { readonly kind: 'collection'; readonly name: string }
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'manifest'; readonly manifest: ArchiveManifest }
  | { readonly kind: 'unknown' };

/** A running SHA-256 over lines, each with the line feed after it. */
export interface LineDigest {
  readonly add: (line: string) => void;
  /** Lower-case hex; nothing may be added afterwards. */
  readonly hex: () => string;
}

/** The format this service writes and reads. */
export const archiveFormatVersion = 1;

const marks = { header: '#header ', collection: '#collection ', manifest: '#manifest ' } as const;

/** The line of a header. */
export function headerLine(header: ArchiveHeader): string {
  return marks.header + JSON.stringify(header);
}

/** The line before a collection's documents. */
export function collectionLine(name: string): string {
  return marks.collection + name;
}

/** The line of a manifest. */
export function manifestLine(manifest: ArchiveManifest): string {
  return marks.manifest + JSON.stringify(manifest);
}

/** Reads a line; one that is none of ours is `unknown`. Never throws. */
export function readArchiveLine(line: string): ArchiveLine {
  if (line.startsWith('{') || line.startsWith('=')) return { kind: 'document', text: line };
  if (line.startsWith(marks.collection))
    return { kind: 'collection', name: line.slice(marks.collection.length) };
  const header = jsonAfter(line, marks.header);
  if (isHeader(header)) return { kind: 'header', header };
  const manifest = jsonAfter(line, marks.manifest);
  return isManifest(manifest) ? { kind: 'manifest', manifest } : { kind: 'unknown' };
}

function jsonAfter(line: string, mark: string): unknown {
  if (!line.startsWith(mark)) return null;
  try {
    return JSON.parse(line.slice(mark.length));
  } catch {
    return null;
  }
}

function hasTexts(found: object, names: readonly string[]): boolean {
  return names.every((name) => typeof Reflect.get(found, name) === 'string');
}

function isHeader(found: unknown): found is ArchiveHeader {
  if (typeof found !== 'object' || found === null) return false;
  const texts = ['format', 'serviceVersion', 'database', 'startedAt', 'keys'];
  return hasTexts(found, texts) && typeof Reflect.get(found, 'formatVersion') === 'number';
}

function isManifest(found: unknown): found is ArchiveManifest {
  if (typeof found !== 'object' || found === null) return false;
  // The collections are compared with those that were counted: only what is equal to them is used.
  return hasTexts(found, ['endedAt', 'sha256']) && Array.isArray(Reflect.get(found, 'collections'));
}

/**
 * The order in which collections are read, so that references hold although people go on writing: of two documents the
 * service writes one after the other, the collection of the later one is read first. Whoever is in the archive has in it
 * what was written before him. What is not named is written before all of these and read last.
 */
const laterFirst: readonly string[] = [
  'auditSeals',
  'auditEvents',
  'deliveries',
  'reportingPeriods',
  'scorecards',
  'periodClosings',
  'commentDecisions',
  'followUpCalls',
  'surveyResponses',
  'discharges',
];

/** What is worth nothing in another database, or would be a danger there: whoever was logged in logs in again. */
const leftOut: ReadonlySet<string> = new Set(['sessions']);

function rank(name: string): number {
  const place = laterFirst.indexOf(name);
  return place === -1 ? laterFirst.length : place;
}

/** Which of a database's collections are backed up, in the order they are read. */
export function backupOrder(names: readonly string[]): readonly string[] {
  return names.filter((name) => !leftOut.has(name)).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
