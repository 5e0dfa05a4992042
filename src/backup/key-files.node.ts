import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/** The file of keys that belongs to an archive: to be kept apart from it. */
export function keysBeside(archive: string): string {
  return `${archive}.keys`;
}

/** What a file of keys holds; null when it is not there or is none. */
export function readKeys(file: string): Readonly<Record<string, unknown>> | null {
  if (!existsSync(file)) return null;
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Copies a file of keys with its mode (0600), whole or not at all, over what is there. */
export function copyKeys(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const draft = `${to}.${String(process.pid)}`;
  copyFileSync(from, draft);
  renameSync(draft, to);
}
