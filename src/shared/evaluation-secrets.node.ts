import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The keys the service works with. */
export interface Secrets {
  /** Signs session cookies. */
  readonly session: string;
  /** 32 bytes in base64. */
  readonly encryption: string;
  /** 32 bytes in base64. */
  readonly blindIndex: string;
}

const random = (): string => randomBytes(32).toString('base64');

/** Where the keys of an evaluation are kept: in its data folder. */
export function evaluationKeysFile(folder: string): string {
  return join(folder, 'evaluation-keys.json');
}

/**
 * The keys of an evaluation: made at the first start and kept, readable by their owner only, beside the data they
 * protect. Production never comes here: its keys have no default.
 */
export function evaluationSecrets(folder: string): Secrets {
  const file = evaluationKeysFile(folder);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  mkdirSync(folder, { recursive: true });
  const secrets: Secrets = { session: random(), encryption: random(), blindIndex: random() };
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(fresh, file);
  return secrets;
}
