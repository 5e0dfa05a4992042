import type { StoredAlias } from './department-alias.store.ts';
import type { ImportRun } from './import-run.store.ts';

/** What `pages/imports/imports.html` shows of the past. */
export interface ImportsModel {
  readonly runs: readonly {
    readonly kindKey: string;
    readonly at: string;
    readonly by: string;
    readonly counts: ImportRun['counts'];
  }[];
  /** Names that wait to be mapped. */
  readonly unmapped: number;
}

/** Imports of the past, and how many names wait to be mapped. */
export function importsModel(
  runs: readonly ImportRun[],
  aliases: readonly StoredAlias[],
  format: (moment: Date) => string,
): ImportsModel {
  return {
    runs: runs.map(({ kind, at, byName, counts }) => ({
      kindKey: `imports:kind.${kind}`,
      at: format(at),
      by: byName,
      counts,
    })),
    unmapped: aliases.filter(({ departmentCode }) => departmentCode === null).length,
  };
}

/** A choice of a department. */
interface DepartmentChoice {
  readonly code: string;
  readonly name: string;
  readonly selected: boolean;
}

/** What `pages/imports/mapping.html` shows. */
export interface MappingModel {
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly mapped: boolean;
    /** Where it is removed; null for a name that is mapped. */
    readonly removal: string | null;
    readonly choices: readonly DepartmentChoice[];
  }[];
  readonly choices: readonly DepartmentChoice[];
}

/** The mapping table, each name with the departments to choose from. */
export function mappingModel(
  aliases: readonly StoredAlias[],
  departments: readonly { readonly code: string; readonly name: string }[],
): MappingModel {
  const choicesFor = (chosen: string | null): readonly DepartmentChoice[] =>
    departments.map(({ code, name }) => ({ code, name, selected: code === chosen }));
  return {
    rows: aliases.map(({ id, name, departmentCode }, index) => ({
      id: `alias-${index}`,
      name,
      mapped: departmentCode !== null,
      removal: departmentCode === null && id !== null ? `/office/imports/mapping/${id}/remove` : null,
      choices: choicesFor(departmentCode),
    })),
    choices: choicesFor(null),
  };
}

/** The older systems whose answers can be uploaded, each with the address to upload to. */
export function systemsModel(
  mappings: readonly { readonly system: string; readonly name: string }[],
): readonly { readonly id: string; readonly name: string; readonly action: string }[] {
  return mappings.map(({ system, name }) => ({
    id: `answers-${system}`,
    name,
    action: `/api/v1/survey-responses/imports?system=${system}`,
  }));
}
