import type { LocalizedText } from '../shared/localized-text.ts';
import type {
  PresentedCalls,
  PresentedItem,
  PresentedScorecard,
  PresentedSection,
} from './presented-scorecard.ts';
import type { SectionScope } from './scorecard.ts';

/** What is shown of an item in one revision; null where it is hidden or not there. */
export interface ShownItem {
  readonly n: number | null;
  readonly x: number | null;
  readonly value: number | null;
}

/** One thing that reads otherwise than in the revision before. Made of presented figures only. */
export type RevisionChange =
  | {
      readonly kind: 'verdict';
      readonly before: PresentedScorecard['verdict'];
      readonly after: PresentedScorecard['verdict'];
    }
  | {
      readonly kind: 'responses';
      readonly patientGroupName: LocalizedText;
      readonly scope: SectionScope;
      readonly before: number | null;
      readonly after: number | null;
    }
  | {
      readonly kind: 'item';
      readonly patientGroupName: LocalizedText;
      readonly scope: SectionScope;
      readonly code: string;
      readonly label: LocalizedText;
      readonly before: ShownItem;
      readonly after: ShownItem;
    }
  | {
      readonly kind: 'calls';
      readonly name: (typeof callNames)[number];
      readonly before: number | null;
      readonly after: number | null;
    };

/** A revision from the second on: why it was made, and what changed against the one before. */
export interface RevisionNote {
  readonly revision: number;
  readonly against: number;
  readonly reason: string;
  readonly changes: readonly RevisionChange[];
}

const callNames = ['discharges', 'calls', 'attempted', 'reached', 'completed', 'refused'] as const;

const nothing: ShownItem = { n: null, x: null, value: null };

function shown(item: PresentedItem | undefined): ShownItem {
  if (!item) return nothing;
  const { n, satisfied } = item;
  return { n, x: satisfied?.x ?? null, value: satisfied?.value ?? null };
}

const keyOf = ({ patientGroup, scope }: PresentedSection): string => `${patientGroup}|${scope}`;

function itemChanges(
  before: PresentedSection | undefined,
  after: PresentedSection,
): readonly RevisionChange[] {
  const { patientGroupName, scope } = after;
  return after.items.flatMap((item) => {
    const earlier = shown(before?.items.find(({ code }) => code === item.code));
    const now = shown(item);
    if (earlier.n === now.n && earlier.x === now.x && earlier.value === now.value) return [];
    const { code, label } = item;
    return [{ kind: 'item' as const, patientGroupName, scope, code, label, before: earlier, after: now }];
  });
}

function sectionChanges(
  before: PresentedSection | undefined,
  after: PresentedSection,
): readonly RevisionChange[] {
  const { patientGroupName, scope, responses } = after;
  const earlier = before ? before.responses.complete : 0;
  const count = { kind: 'responses' as const, patientGroupName, scope, before: earlier };
  const changed = earlier !== responses.complete;
  return [...(changed ? [{ ...count, after: responses.complete }] : []), ...itemChanges(before, after)];
}

function callChanges(before: PresentedCalls | null, after: PresentedCalls | null): readonly RevisionChange[] {
  return callNames.flatMap((name) => {
    const [earlier, now] = [before?.[name] ?? null, after?.[name] ?? null];
    return earlier === now ? [] : [{ kind: 'calls' as const, name, before: earlier, after: now }];
  });
}

/** What a reader of two revisions of one scorecard finds changed: the verdict, how many answered, items, calls. */
export function changesBetween(
  before: PresentedScorecard,
  after: PresentedScorecard,
): readonly RevisionChange[] {
  const earlier = new Map(before.sections.map((section) => [keyOf(section), section]));
  const verdict =
    before.verdict === after.verdict
      ? []
      : [{ kind: 'verdict' as const, before: before.verdict, after: after.verdict }];
  return [
    ...verdict,
    ...after.sections.flatMap((section) => sectionChanges(earlier.get(keyOf(section)), section)),
    ...callChanges(before.calls, after.calls),
  ];
}
