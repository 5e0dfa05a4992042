import type { SaveOutcome } from './department-record.ts';
import type { Department } from './department.ts';
import { fieldsToSave } from './save-department.ts';
import type { SaveDepartmentDeps } from './save-department.ts';

/** Says what saving a department would do, and writes nothing. */
export function createPreviewDepartment(
  deps: Pick<SaveDepartmentDeps, 'store' | 'clock' | 'hospitalTime'>,
): (department: Department) => Promise<SaveOutcome> {
  return async (department) => {
    const before = await deps.store.find(department.code);
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    if (!before) return 'new';
    return fieldsToSave(before, department, today).length === 0 ? 'unchanged' : 'changed';
  };
}
