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

/**
 * Looks a name up: first what the office has mapped, then codes, then names of today and of before. A name that two departments
 * have or had means neither.
 */
export function resolverOf(
  departments: readonly DepartmentNames[],
  aliases: readonly DepartmentAlias[],
): ResolveDepartment {
  const byName = new Map<string, string | null>();
  for (const { code, names } of departments) {
    for (const key of new Set(names.map(plainName))) {
      byName.set(key, byName.has(key) ? null : code);
    }
  }
  for (const { code } of departments) byName.set(plainName(code), code);
  for (const { key, departmentCode } of aliases) if (departmentCode !== null) byName.set(key, departmentCode);
  return (written) => byName.get(plainName(written)) ?? null;
}
