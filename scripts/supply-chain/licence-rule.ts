import type { LockedPackage } from './locked-packages.ts';

/** Licences a package of production may have: permissive ones, none that asks anything of the hospital. */
export const allowedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
];

/** Reads `A AND (B OR C)` from the left; AND binds closer. A licence `WITH` an exception is a licence of its own. */
class Expression {
  readonly #tokens: string[];
  readonly #allowed: (licence: string) => boolean;
  /** False when an operand or a bracket is missing. */
  #whole = true;

  constructor(text: string, allowed: (licence: string) => boolean) {
    this.#tokens = text.match(/[()]|[^\s()]+/g) ?? [];
    this.#allowed = allowed;
  }

  holds(): boolean {
    const value = this.#either();
    return value && this.#whole && this.#tokens.length === 0;
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #either(): boolean {
    let value = this.#both();
    while (this.#take('OR')) {
      const next = this.#both();
      value ||= next;
    }
    return value;
  }

  #both(): boolean {
    let value = this.#one();
    while (this.#take('AND')) {
      const next = this.#one();
      value &&= next;
    }
    return value;
  }

  #one(): boolean {
    if (this.#take('(')) {
      const value = this.#either();
      this.#whole &&= this.#take(')');
      return value;
    }
    const licence = this.#tokens.shift() ?? '';
    this.#whole &&= licence !== '';
    if (this.#take('WITH')) return this.#allowed(`${licence} WITH ${this.#tokens.shift() ?? ''}`);
    return this.#allowed(licence);
  }
}

/** Whether an SPDX expression can be met by allowed licences alone. What cannot be read, or is null, cannot. */
export function isAllowed(licence: string | null, allowed: readonly string[] = allowedLicences): boolean {
  return licence !== null && new Expression(licence, (one) => allowed.includes(one)).holds();
}

/** The packages of production whose licence nobody has allowed. */
export function refusedPackages(packages: readonly LockedPackage[]): readonly LockedPackage[] {
  return packages.filter(({ development, licence }) => !development && !isAllowed(licence));
}
