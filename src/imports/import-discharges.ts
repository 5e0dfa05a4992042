import type { StoredRow } from '../follow-up-calls/discharge-batch.ts';
import type { StoreDischarges } from '../follow-up-calls/store-discharges.ts';
import type { Locale } from '../shared/localized-text.ts';
import { resolverOf } from './department-alias.ts';
import type { DepartmentNames } from './department-alias.ts';
import { dischargeColumnsOf, dischargeRows } from './discharge-rows.ts';
import type { DischargeFileRow } from './discharge-rows.ts';
import { importNotes, keepRun, unknownNames } from './import-run.ts';
import type { ImportRequest, KeepRunDeps } from './import-run.ts';
import { countRows } from './import-report.ts';
import type { ImportFault, ImportReport, ImportRow } from './import-report.ts';
import type { DischargeColumns } from './import-settings.schema.ts';
import type { ReadTable } from './read-table.ts';

/** What importing discharges needs. */
export interface ImportDischargesDeps extends KeepRunDeps {
  readonly readTable: ReadTable;
  readonly settings: DischargeColumns;
  readonly departmentNames: () => Promise<readonly DepartmentNames[]>;
  readonly storeDischarges: StoreDischarges;
}

/** Imports discharges from a file. */
export type ImportDischarges = (request: ImportRequest) => Promise<ImportReport>;

/** So many rows are stored at a time: memory and the database's messages stay small. */
const batchSize = 500;
/**
 * Imports the discharges of a CSV or XLSX file, and tells of each row what became of it. A row whose department's name means nothing
 * waits: the name goes to the mapping table, and importing the file again after it is mapped stores the row. The same file again
 * changes nothing; a dry run stores nothing at all. Throws what reading the file throws, and `import_columns_missing` (invalid).
 */
export function createImportDischarges(deps: ImportDischargesDeps): ImportDischarges {
  return async (request) => {
    const { dryRun, locale } = request;
    const t = (key: string, values = {}): string => deps.translate(locale, `imports:${key}`, values);
    const columnNames = (fields: readonly string[]): string =>
      fields.map((field) => t(`column.${field}`)).join(t('listSeparator'));
    const table = await deps.readTable(request.bytes);
    const columns = dischargeColumnsOf(table, deps.settings, (fields) =>
      t('columnMissing', { columns: columnNames(fields) }),
    );
    const resolve = resolverOf(await deps.departmentNames(), await deps.aliases.list());
    const fileRows = dischargeRows(table, columns, deps.settings, resolve);
    const rows = await storeRows(deps, fileRows, request);
    const unknown = unknownNames(fileRows.map(({ unknownDepartment }) => unknownDepartment));
    const counts = countRows(rows);
    if (!dryRun) await keepRun(deps, request, { kind: 'discharges', counts, unknown });
    return { dryRun, counts, notes: importNotes(t, columns.ignored, unknown), rows };
  };
}

async function storeRows(
  deps: ImportDischargesDeps,
  fileRows: readonly DischargeFileRow[],
  request: ImportRequest,
): Promise<readonly ImportRow[]> {
  const seen = new Set<string>();
  const rows: ImportRow[] = [];
  for (let start = 0; start < fileRows.length; start += batchSize) {
    const batch = fileRows.slice(start, start + batchSize);
    const known = batch.filter(({ unknownDepartment }) => unknownDepartment === null);
    const { dryRun, actor } = request;
    const stored = await deps.storeDischarges(
      known.map(({ discharge }) => discharge),
      { dryRun, seen, actor },
    );
    const fates = new Map(known.map(({ number }, index) => [number, stored[index]]));
    rows.push(...batch.map((row) => describeRow(deps, row, fates.get(row.number), request.locale)));
  }
  return rows;
}

function describeRow(
  deps: ImportDischargesDeps,
  { number: row, unknownDepartment: name }: DischargeFileRow,
  fate: StoredRow | undefined,
  locale: Locale,
): ImportRow {
  const t = (key: string, values = {}): string => deps.translate(locale, key, values);
  if (fate === undefined || name !== null) {
    const detail = t('imports:unknownDepartment', { name: name ?? '' });
    const column = t('imports:column.department');
    return { row, result: 'waiting', errors: [{ column, detail, code: 'department_not_mapped' }] };
  }
  const told = (found: StoredRow['faults']): readonly ImportFault[] =>
    found.map(({ field, code }) => ({
      column: field === '' ? '' : t(`imports:column.${field === 'departmentCode' ? 'department' : field}`),
      detail: t(`follow-up-calls:fault.${code}`),
      code,
    }));
  if (fate.faults.length > 0) return { row, result: 'rejected', errors: told(fate.faults) };
  const { result, remarks } = fate;
  return remarks.length === 0 ? { row, result } : { row, result, warnings: told(remarks) };
}
