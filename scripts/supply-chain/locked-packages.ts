/** One package of the lock file. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression as the package states it; null when it states none. */
  readonly licence: string | null;
  /** Whether only development needs it: `npm ci --omit=dev` leaves it out. */
  readonly development: boolean;
}

interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly license?: unknown;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const keyOf = ({ name, version }: LockedPackage): string => `${name}@${version}`;

/**
 * The packages of a `package-lock.json`, by name and version, each once. What development shares with production, also as an optional peer,
 * is production's.
 */
export function lockedPackages(lockFile: string): readonly LockedPackage[] {
  const { packages } = JSON.parse(lockFile) as { packages: Readonly<Record<string, LockEntry>> };
  const found = new Map<string, LockedPackage>();
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || entry.link === true) continue;
    const { name = nameOf(path), version = '', license } = entry;
    const development = entry.dev === true;
    const one = { name, version, licence: typeof license === 'string' ? license : null, development };
    const known = found.get(keyOf(one));
    found.set(keyOf(one), known && !known.development ? known : one);
  }
  return [...found.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
