import { freshForMs } from './list-departments.ts';
import type { ListDepartmentsDeps } from './list-departments.ts';

/** Every department's code with all it is and was called, in every language. */
export type ListDepartmentNames = () => Promise<
  readonly { readonly code: string; readonly names: readonly string[] }[]
>;

/** Lists the names from memory, at most ten seconds old. */
export function createListDepartmentNames(
  deps: Pick<ListDepartmentsDeps, 'departments'>,
): ListDepartmentNames {
  return async () => {
    const records = await deps.departments.all(freshForMs);
    return records.map(({ code, names }) => ({
      code,
      names: names.flatMap(({ name }) => Object.values(name)),
    }));
  };
}
