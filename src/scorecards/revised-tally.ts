import { groupBy } from '../shared/group-by.ts';
import { fixedUnitOf } from '../survey-forms/survey-form.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { ItemTally, PeriodTally, ResponseTally } from '../survey-responses/survey-response.ts';
import type { TallySegment } from '../survey-responses/tally-segment.ts';
import { mayReplace } from './cell-change.ts';
import { joinForms } from './item-tally.ts';
import type { CountedOption } from './item-tally.ts';

type Origin = Pick<TallySegment, 'departmentCode' | 'patientGroup' | 'mode' | 'verification'>;

const unitKey = ({ departmentCode, patientGroup }: Origin): string => `${departmentCode}|${patientGroup}`;
const modeKey = (row: Origin): string => `${unitKey(row)}|${row.mode}|${row.verification}`;

const complete = (rows: readonly ResponseTally[]): readonly ResponseTally[] =>
  rows.filter(({ completeness }) => completeness === 'complete');

const partial = (rows: readonly ResponseTally[]): readonly ResponseTally[] =>
  rows.filter(({ completeness }) => completeness === 'partial');

const countOf = (row: { readonly count: number }): number => row.count;

const validAnswers = ({ option, tally }: CountedOption): number => (option.notApplicable ? 0 : tally.count);

function itemKey({ item, tally }: CountedOption): string {
  const unit = fixedUnitOf(item);
  const who = unit === null ? tally.departmentCode : `@${unit}`;
  return `${who}|${tally.patientGroup}|${item.code}`;
}

/** Keys whose total may not change from one tally to the next. */
function heldKeys<Row>(
  before: readonly Row[],
  after: readonly Row[],
  keyOf: (row: Row) => string,
  nOf: (row: Row) => number,
): ReadonlySet<string> {
  const total = (rows: readonly Row[] | undefined): number =>
    (rows ?? []).reduce((sum, row) => sum + nOf(row), 0);
  const [earlier, later] = [groupBy(before, keyOf), groupBy(after, keyOf)];
  const keys = [...new Set([...earlier.keys(), ...later.keys()])];
  return new Set(keys.filter((key) => !mayReplace(total(earlier.get(key)), total(later.get(key)))));
}

/** The rows after, but those of held keys as they were before. */
function exchange<Row>(
  before: readonly Row[],
  after: readonly Row[],
  isHeld: (row: Row) => boolean,
): readonly Row[] {
  return [...before.filter(isHeld), ...after.filter((row) => !isHeld(row))];
}

function revisedResponses(
  before: readonly ResponseTally[],
  after: readonly ResponseTally[],
): { readonly rows: readonly ResponseTally[]; readonly isHeld: (row: Origin) => boolean } {
  const modes = heldKeys(complete(before), complete(after), modeKey, countOf);
  const byMode = exchange(complete(before), complete(after), (row) => modes.has(modeKey(row)));
  const units = heldKeys(complete(before), byMode, unitKey, countOf);
  const isHeld = (row: Origin): boolean => modes.has(modeKey(row)) || units.has(unitKey(row));
  const unfinished = heldKeys(partial(before), partial(after), unitKey, countOf);
  const rows = [
    ...exchange(complete(before), byMode, isHeld),
    ...exchange(partial(before), partial(after), (row) => unfinished.has(unitKey(row))),
  ];
  return { rows: withHeldParts(before, rows), isHeld };
}

const originKey = (row: ResponseTally): string =>
  [modeKey(row), row.formId, row.formVersion, row.completeness].join('|');

/** What answers for a part: the department, or the fixed unit over all departments. */
function partOwner(row: ResponseTally, part: string): string {
  const at = part.indexOf('@');
  return at === -1 ? `${unitKey(row)}|${part}` : `${row.patientGroup}|${part.slice(at)}`;
}

interface PartCell {
  readonly owner: string;
  readonly cell: string;
  readonly count: number;
}

/** The cells a row counts in besides its department's own: each dimension's n, and the responses behind a fixed unit. */
function partCells(row: ResponseTally): readonly PartCell[] {
  const { validDimensions, completeness, count } = row;
  const fixed = validDimensions.filter((part) => part.includes('@')).map((part) => partOwner(row, part));
  const dimensionCells = validDimensions.map((part) => {
    const owner = partOwner(row, part);
    return { owner, cell: `${owner}|${part}`, count };
  });
  const unitCells = [...new Set(fixed)].map((owner) => ({ owner, cell: `${owner}|${completeness}`, count }));
  return completeness === 'complete' ? [...dimensionCells, ...unitCells] : unitCells;
}

/** The parts of a row that one department's dimension, or one fixed unit, counts. */
const partsOf = (row: ResponseTally, owner: string): readonly string[] =>
  row.validDimensions.filter((part) => partOwner(row, part) === owner);

/**
 * The rows, with the parts of one owner counted as often as before. Both lists are of one department, mode, form and completeness;
 * an answer's parts of one owner are counted all or not at all, so the earlier rows have the same sets of them, each at most as often.
 */
function keepParts(
  earlier: readonly ResponseTally[],
  rows: readonly ResponseTally[],
  owner: string,
): readonly ResponseTally[] {
  const due = new Map<string, number>();
  for (const row of earlier) {
    const parts = partsOf(row, owner).join('|');
    due.set(parts, (due.get(parts) ?? 0) + row.count);
  }
  return rows.flatMap((row) => {
    const parts = partsOf(row, owner);
    if (parts.length === 0) return [row];
    const key = parts.join('|');
    const kept = Math.min(row.count, due.get(key) ?? 0);
    due.set(key, (due.get(key) ?? 0) - kept);
    const validDimensions = row.validDimensions.filter((part) => !parts.includes(part));
    return [
      { ...row, count: kept },
      { ...row, count: row.count - kept, validDimensions },
    ].filter(({ count }) => count > 0);
  });
}

/** A dimension or fixed unit whose n may not change keeps its n: what came later does not count for it. */
function withHeldParts(
  before: readonly ResponseTally[],
  rows: readonly ResponseTally[],
): readonly ResponseTally[] {
  const [earlierCells, cells] = [before.flatMap(partCells), rows.flatMap(partCells)];
  const heldCells = heldKeys(earlierCells, cells, ({ cell }) => cell, countOf);
  const held = new Set(
    [...earlierCells, ...cells].filter(({ cell }) => heldCells.has(cell)).map(({ owner }) => owner),
  );
  const earlier = groupBy(before, originKey);
  return [...groupBy(rows, originKey)].flatMap(([key, same]) =>
    [...held].reduce((kept, owner) => keepParts(earlier.get(key) ?? [], kept, owner), same),
  );
}

/**
 * The counts of a revision, from those of the revision before and those up to the new cut-off. Both revisions can be read, so
 * whatever grew by 1–4 stays as it was (see `mayReplace`), to be looked at again in the next revision: answers of one
 * department, patient group and mode; then, of what is left, each item and each dimension's n by itself. Everything else
 * moves. Items of a fixed unit are looked at over all departments, as they are published.
 */
export function reviseTally(
  before: PeriodTally,
  after: PeriodTally,
  catalogue: SurveyFormCatalogue,
): PeriodTally {
  const { rows, isHeld } = revisedResponses(before.responses, after.responses);
  const earlier = joinForms(before, catalogue);
  const admitted = joinForms({ ...after, items: exchange(before.items, after.items, isHeld) }, catalogue);
  const held = heldKeys(earlier, admitted, itemKey, validAnswers);
  const items: readonly ItemTally[] = exchange(earlier, admitted, (row) => held.has(itemKey(row))).map(
    ({ tally }) => tally,
  );
  return { items, responses: rows };
}
