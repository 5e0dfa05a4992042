import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import { matchColumns, optionOf } from './column-names.ts';
import type { MatchedColumns } from './column-names.ts';
import type { ResolveDepartment } from './department-alias.ts';
import type { DischargeColumns } from './import-settings.schema.ts';
import type { Table } from './table.ts';
import { readWrittenDate } from './written-date.ts';

/** A row as the API takes it; or, while its department's name means nothing yet, that name. */
export interface DischargeFileRow {
  readonly number: number;
  readonly discharge: Readonly<Record<string, string>>;
  readonly unknownDepartment: string | null;
}

/** Columns without which no row can be good, by what stands for them: one of each group must be there, whole. */
const needed: readonly (readonly (readonly string[])[])[] = [
  [['admissionNo'], ['patientNo', 'visitNo']],
  [['department']],
  [['dischargedOn']],
  [['patientName']],
  [['phone'], ['contactPhone']],
];

/** The groups of columns of which none is there, each by the columns to add. */
export function missingColumns({ places }: MatchedColumns): readonly (readonly string[])[] {
  return needed
    .filter((ways) => !ways.some((columns) => columns.every((column) => places.has(column))))
    .map((ways) => ways.flat());
}

/** The columns of a table. Throws `import_columns_missing` (invalid) naming every one that must be added; `nameOf` speaks to people. */
export function dischargeColumnsOf(
  { header }: Table,
  { columns }: DischargeColumns,
  missingDetail: (columns: readonly string[]) => string,
): MatchedColumns {
  const matched = matchColumns(header, columns);
  const missing = missingColumns(matched);
  if (missing.length === 0) return matched;
  const errors: FieldError[] = missing.map((group) => {
    return { pointer: `/${group[0] ?? ''}`, detail: missingDetail(group), code: 'column_missing' };
  });
  throw new DomainError('invalid', 'import_columns_missing', 'Columns are missing in the header.', {
    errors,
  });
}

/** The rows of a table in our terms: dates, labels and departments understood where they can be, everything else as written. */
export function dischargeRows(
  table: Table,
  { places }: MatchedColumns,
  settings: DischargeColumns,
  resolve: ResolveDepartment,
): readonly DischargeFileRow[] {
  const readers: Readonly<Record<string, (written: string) => string>> = {
    dischargedOn: (written) => readWrittenDate(written) ?? written,
    followedUpOn: (written) => readWrittenDate(written) ?? written,
    dischargeWay: (written) => optionOf(written, settings.dischargeWays),
    followUpWay: (written) => optionOf(written, settings.followUpWays),
    visitNo: (written) => /^第?(\d{1,3})(?:\.0+)?次?$/.exec(written.normalize('NFKC'))?.[1] ?? written,
  };
  return table.rows.map(({ number, cells }) => {
    const values = [...places].map(([field, place]) => {
      const written = (cells[place] ?? '').trim();
      return [field, written === '' ? '' : (readers[field]?.(written) ?? written)] as const;
    });
    const { department = '', ...discharge } = Object.fromEntries(values);
    const code = department === '' ? '' : resolve(department);
    return {
      number,
      discharge: { ...discharge, departmentCode: code ?? '' },
      unknownDepartment: code === null ? department.slice(0, 60) : null,
    };
  });
}
