import { DomainError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import { textIn } from '../shared/localized-text.ts';
import type { SurveyForm, SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type {
  ImportedResult,
  ImportFrame,
  StoreImportedResponses,
} from '../survey-responses/store-imported-responses.ts';
import type { AnswerMapping } from './answer-mapping.schema.ts';
import { answerIdentities } from './answer-identity.ts';
import type { AnswerIdentity } from './answer-identity.ts';
import { answerColumnsOf, answerRows } from './answer-rows.ts';
import type { AnswerFileRow } from './answer-rows.ts';
import { resolverOf } from './department-alias.ts';
import { importNotes, keepRun, unknownNames } from './import-run.ts';
import type { ImportRequest, KeepRunDeps } from './import-run.ts';
import { countRows } from './import-report.ts';
import type { ImportReport, ImportRow } from './import-report.ts';
import type { DepartmentNames } from './department-alias.ts';
import type { ReadTable } from './read-table.ts';

/** What importing answers needs. */
export interface ImportAnswersDeps extends KeepRunDeps {
  readonly readTable: ReadTable;
  readonly mappings: readonly AnswerMapping[];
  readonly catalogue: Pick<SurveyFormCatalogue, 'find'>;
  readonly departmentNames: () => Promise<readonly DepartmentNames[]>;
  readonly storeImportedResponses: StoreImportedResponses;
  readonly takesMonthOf: ImportFrame['takesMonthOf'];
  readonly listHash: (list: readonly unknown[]) => string;
}

/** Imports answers of one of the older systems that have a mapping. */
export type ImportAnswers = (request: ImportRequest & { readonly system: string }) => Promise<ImportReport>;

const batchSize = 500;

/**
 * Imports the answers of an older system from CSV or XLSX: departments by the mapping table, items and options by the system's
 * mapping, dates as they are. The same file again changes nothing; a number that an answer of other content has is refused; a dry
 * run stores nothing. Throws what reading the file throws,
 * `import_system_unknown` (not-found) and `import_columns_missing` (invalid).
 */
export function createImportAnswers(deps: ImportAnswersDeps): ImportAnswers {
  return async (request) => {
    const { locale, dryRun } = request;
    const { mapping, form } = systemOf(deps, request.system);
    const t = (key: string, values = {}): string => deps.translate(locale, `imports:${key}`, values);
    const table = await deps.readTable(request.bytes);
    const columns = answerColumnsOf(table, form, mapping, (field) =>
      t('columnMissing', { columns: t(`column.${field}`) }),
    );
    const resolve = resolverOf(await deps.departmentNames(), await deps.aliases.list());
    const fileRows = answerRows(table, columns, { form, mapping, resolve });
    const identities = answerIdentities(fileRows, mapping.system, deps.listHash);
    const frame = {
      form,
      mode: mapping.mode,
      system: mapping.system,
      dryRun,
      takesMonthOf: deps.takesMonthOf,
    };
    const rows: ImportRow[] = [];
    for (let start = 0; start < fileRows.length; start += batchSize) {
      rows.push(
        ...(await storeBatch(deps, fileRows.slice(start, start + batchSize), { identities, frame, request })),
      );
    }
    const counts = countRows(rows);
    const unknown = unknownNames(
      fileRows.map(({ department, departmentCode }) => (departmentCode === null ? department : null)),
    );
    if (!dryRun) await keepRun(deps, request, { kind: 'survey-responses', counts, unknown });
    return { dryRun, counts, notes: importNotes(t, columns.ignored, unknown), rows };
  };
}

function systemOf(deps: ImportAnswersDeps, system: string): { mapping: AnswerMapping; form: SurveyForm } {
  const mapping = deps.mappings.find((one) => one.system === system);
  const form = mapping && deps.catalogue.find(mapping.formId, mapping.formVersion);
  if (mapping && form) return { mapping, form };
  throw new DomainError(
    'not-found',
    'import_system_unknown',
    'There is no mapping of this system onto a form.',
  );
}

/** What becomes of an answer: what storing says, or that the file has its number twice. */
type AnswerFate = ImportedResult | { readonly result: 'rejected'; readonly fault: 'repeated' };

const repeated: AnswerFate = { result: 'rejected', fault: 'repeated' };

interface BatchFrame {
  readonly identities: ReadonlyMap<number, AnswerIdentity>;
  readonly frame: ImportFrame;
  readonly request: ImportRequest;
}

async function storeBatch(
  deps: ImportAnswersDeps,
  batch: readonly AnswerFileRow[],
  { identities, frame, request }: BatchFrame,
): Promise<readonly ImportRow[]> {
  const good = batch.flatMap((row) => {
    const { number, departmentCode, unknownOptions } = row;
    const identity = identities.get(number);
    if (!identity || identity.repeated || departmentCode === null || unknownOptions.length > 0) return [];
    const { answeredOn, answers, comment } = row;
    const { submissionId } = identity;
    return [{ number, answer: { submissionId, departmentCode, answeredOn, answers, comment } }];
  });
  const results = await deps.storeImportedResponses(
    good.map(({ answer }) => answer),
    frame,
  );
  const fates = new Map(good.map(({ number }, index) => [number, results[index]]));
  return batch.map((row) => {
    const fate = identities.get(row.number)?.repeated === true ? repeated : fates.get(row.number);
    return describeRow(deps, row, fate, { request, form: frame.form });
  });
}

/** What is wrong with a row: the column, and a key of `imports:answerFault`. */
interface AnswerFault {
  readonly column: string;
  readonly code: string;
}

/** The text of an item whose cell means none of its options, in the person's language. */
function itemText(form: SurveyForm, itemCode: string, locale: Locale): string {
  const item = form.items.find(({ code }) => code === itemCode);
  return item === undefined ? itemCode : textIn(item.text, locale);
}

/** The column each fate is told at; null for the row as a whole. */
const fieldOfFault = {
  date: 'answeredOn',
  future: 'answeredOn',
  month_counted: 'answeredOn',
  no_answers: null,
  id_reused: 'externalId',
  repeated: 'externalId',
} as const;

function faultOf(
  { externalId, departmentCode, department, unknownOptions: [unknown] }: AnswerFileRow,
  fate: AnswerFate | undefined,
  t: (key: string) => string,
  textOf: (itemCode: string) => string,
): AnswerFault | null {
  if (fate === repeated) return { column: t('column.externalId'), code: 'repeated' };
  if (departmentCode === null) {
    const code = department === '' ? 'department_missing' : 'department_not_mapped';
    return { column: t('column.department'), code };
  }
  if (unknown !== undefined) return { column: textOf(unknown), code: 'unknown_option' };
  if (!fate?.fault) return null;
  const field = externalId === '' && fate.fault === 'id_reused' ? null : fieldOfFault[fate.fault];
  return { column: field === null ? '' : t(`column.${field}`), code: fate.fault };
}

function describeRow(
  deps: ImportAnswersDeps,
  row: AnswerFileRow,
  fate: AnswerFate | undefined,
  { request: { locale }, form }: { readonly request: ImportRequest; readonly form: SurveyForm },
): ImportRow {
  const t = (key: string, values = {}): string => deps.translate(locale, `imports:${key}`, values);
  const fault = faultOf(row, fate, t, (itemCode) => itemText(form, itemCode, locale));
  if (fault === null) return { row: row.number, result: fate?.result ?? 'rejected' };
  const detail = t(`answerFault.${fault.code}`, { name: row.department });
  const result = fault.code === 'department_not_mapped' ? 'waiting' : 'rejected';
  return { row: row.number, result, errors: [{ ...fault, detail }] };
}
