import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** Unix socket paths end at 103 bytes on macOS (107 on Linux); the engine's own name below this folder takes 37. */
const LONGEST_FOLDER = 66;

/**
 * The folder of the engine's socket for one data directory: always the same for the same directory and user, short enough
 * for a Unix socket path, in the temporary directory (or `/tmp` where that one's name is too long).
 */
export function socketFolder(dataDir: string): string {
  const owner = `${String(process.getuid?.() ?? 0)}:${path.resolve(dataDir)}`;
  const name = `patient-sat-${createHash('sha256').update(owner).digest('hex').slice(0, 12)}`;
  const preferred = path.join(os.tmpdir(), name);
  return Buffer.byteLength(preferred) <= LONGEST_FOLDER ? preferred : path.join('/tmp', name);
}

/** The file in the data directory by which scripts find the running engine. */
export function engineFile(dataDir: string): string {
  return path.join(dataDir, 'engine.json');
}
