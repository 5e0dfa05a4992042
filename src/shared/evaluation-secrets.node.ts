import { hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The keys the service works with. */
export interface Secrets {
  /** Signs session cookies. */
  readonly session: string;
  /** 32 bytes in base64 each; the first encrypts, each opens what was encrypted under it. */
  readonly encryption: readonly string[];
  /** 32 bytes in base64. */
  readonly blindIndex: string;
  /** 32 bytes in base64. */
  readonly audit: string;
}

/** A file from before there was a key for the audit trail lacks it: derived, so that two processes that start at once get the same. */
function auditKeyFrom(blindIndex: string): string {
  return Buffer.from(hkdfSync('sha256', Buffer.from(blindIndex, 'base64'), '', 'audit', 32)).toString(
    'base64',
  );
}

/** What stands in the file of an evaluation's keys. */
interface KeptSecrets extends Omit<Secrets, 'encryption' | 'audit'> {
  readonly audit?: string;
  /** A single key stands as a text, as it did before there could be several. */
  readonly encryption: string | readonly string[];
  /** A key that instances read but none encrypts with yet. */
  readonly incoming?: string;
}

const random = (): string => randomBytes(32).toString('base64');

/** Where the keys of an evaluation are kept: in its data folder. */
export function evaluationKeysFile(folder: string): string {
  return join(folder, 'evaluation-keys.json');
}

function read(file: string): KeptSecrets {
  return JSON.parse(readFileSync(file, 'utf8')) as KeptSecrets;
}

/** Writes whole or not at all, readable by the owner only, and is on the disk when it returns. */
function write(file: string, content: object): void {
  const fresh = `${file}.${process.pid}`;
  const handle = openSync(fresh, 'w', 0o600);
  writeSync(handle, JSON.stringify(content));
  fsyncSync(handle);
  closeSync(handle);
  renameSync(fresh, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

const listOf = ({ encryption }: KeptSecrets): readonly string[] => [encryption].flat();

/** The keys that a file's content gives for encryption: the one that is to come stands last. */
export function encryptionKeysIn(kept: {
  readonly encryption?: unknown;
  readonly incoming?: unknown;
}): readonly string[] {
  return [kept.encryption, kept.incoming].flat().filter((key) => typeof key === 'string');
}

/** The key that a file's content gives for the audit trail; undefined when it gives none. */
export function auditKeyIn(kept: {
  readonly audit?: unknown;
  readonly blindIndex?: unknown;
}): string | undefined {
  const { audit, blindIndex } = kept;
  if (typeof audit === 'string') return audit;
  return typeof blindIndex === 'string' ? auditKeyFrom(blindIndex) : undefined;
}

/**
 * The keys of an evaluation: made at the first start and kept, readable by their owner only, beside the data they
 * protect. Production never comes here: its keys have no default.
 */
export function evaluationSecrets(folder: string): Secrets {
  const file = evaluationKeysFile(folder);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    write(file, { session: random(), encryption: [random()], blindIndex: random(), audit: random() });
  }
  const kept = read(file);
  const { session, blindIndex, audit = auditKeyFrom(blindIndex) } = kept;
  return { session, blindIndex, audit, encryption: encryptionKeysIn(kept) };
}

/** The file of an evaluation's keys, for their rotation. `idOf` names a key without telling it. */
export function evaluationKeyFile(
  folder: string,
  idOf: (key: string) => string,
): {
  readonly keys: () => readonly string[];
  readonly addIncoming: () => void;
  readonly promote: () => void;
  readonly moveOutOlder: () => readonly string[];
} {
  const file = evaluationKeysFile(folder);
  return {
    keys: () => encryptionKeysIn(read(file)),
    addIncoming: () => {
      const kept = read(file);
      // More than one key: a rotation that was broken off goes on with its own.
      if (kept.incoming === undefined && listOf(kept).length === 1)
        write(file, { ...kept, incoming: random() });
    },
    promote: () => {
      const { incoming, ...kept } = read(file);
      if (incoming !== undefined) write(file, { ...kept, encryption: [incoming, ...listOf(kept)] });
    },
    moveOutOlder: () => {
      const kept = read(file);
      const [current, ...older] = listOf(kept);
      const files = older.map((key) => {
        const moved = join(folder, `retired-key-${idOf(key)}.json`);
        write(moved, { encryption: key });
        return moved;
      });
      if (older.length > 0) write(file, { ...kept, encryption: [current] });
      return files;
    },
  };
}
