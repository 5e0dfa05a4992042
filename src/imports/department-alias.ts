import { plainName } from './column-names.ts';

/** 科室对应: a department's name in another system, and the department it is here; `departmentCode` null until somebody says. */
export interface DepartmentAlias {
  /** The name as it is compared. */
  readonly key: string;
  /** The name as it was written first. */
  readonly name: string;
  readonly departmentCode: string | null;
  readonly seenAt: Date;
}

/** What a department is called: its code, and every name it has or had. */
export interface DepartmentNames {
  readonly code: string;
  readonly names: readonly string[];
}

/** Finds the department a name means; null when nobody knows. */
export type ResolveDepartment = (written: string) => string | null;

/** As codes are compared: the hyphen matters, width, case and blanks around do not. */
const asCode = (written: string): string => written.normalize('NFKC').trim().toLowerCase();

/** By the name as it is compared, the one department that has it; null where several have. */
function onlyOwners(
  departments: readonly DepartmentNames[],
  namesOf: (department: DepartmentNames) => readonly string[],
): ReadonlyMap<string, string | null> {
  const owners = new Map<string, string | null>();
  for (const department of departments) {
    for (const key of new Set(namesOf(department).map(plainName))) {
      owners.set(key, owners.has(key) ? null : department.code);
    }
  }
  return owners;
}

/**
 * Looks a name up: first what the office has mapped in these very words, then whole codes; then, punctuation aside, what the office has
 * mapped, codes, and names of today and of before. A code or a name that two departments have or had, so compared, means neither:
 * `nk-1` and `nk1` are told apart, `NK 1` then waits to be mapped.
 */
export function resolverOf(
  departments: readonly DepartmentNames[],
  aliases: readonly DepartmentAlias[],
): ResolveDepartment {
  const mapped = aliases.filter(({ departmentCode }) => departmentCode !== null);
  const exact = new Map([
    ...departments.map(({ code }) => [asCode(code), code] as const),
    ...mapped.map(({ name, departmentCode }) => [asCode(name), departmentCode] as const),
  ]);
  const plain = new Map([
    ...onlyOwners(departments, ({ names }) => names),
    ...onlyOwners(departments, ({ code }) => [code]),
    ...mapped.map(({ key, departmentCode }) => [key, departmentCode] as const),
  ]);
  return (written) => exact.get(asCode(written)) ?? plain.get(plainName(written)) ?? null;
}
