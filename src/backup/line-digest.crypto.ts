import { createHash } from 'node:crypto';
import type { LineDigest } from './backup-archive.ts';

/** A SHA-256 over lines. */
export function createLineDigest(): LineDigest {
  const hash = createHash('sha256');
  return {
    add: (line) => void hash.update(line).update('\n'),
    hex: () => hash.digest('hex'),
  };
}
