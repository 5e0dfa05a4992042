import { textIn } from '../shared/localized-text.ts';
import { percentText, say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { RevisionChange, RevisionNote, ShownItem } from './revision-change.ts';

/** 更正说明: why a revision was made and what it changed, in words. */
export interface CorrectionView {
  readonly subject: string;
  readonly title: string;
  readonly reason: string;
  readonly changesTitle: string;
  /** Empty when nothing that is shown changed. */
  readonly changes: readonly string[];
}

const reasonInSubject = 40;

function shortened(reason: string): string {
  const characters = Array.from(reason);
  return characters.length > reasonInSubject ? `${characters.slice(0, reasonInSubject).join('')}…` : reason;
}

function numberText(n: number | null, context: ViewContext): string {
  return n === null ? say(context, 'figure.withheld') : String(n);
}

function itemText({ n, x, value }: ShownItem, context: ViewContext): string {
  if (n === null) return say(context, 'figure.withheld');
  if (value === null) return x === null ? String(n) : `${x}/${n}`;
  return say(context, 'figure.rateOfN', { rate: percentText(value, context), n });
}

function verdictText(verdict: string, context: ViewContext): string {
  return say(context, `list.short.${verdict}`);
}

function changeText(change: RevisionChange, context: ViewContext): string {
  if (change.kind === 'verdict') {
    const [before, after] = [change.before, change.after].map((one) => verdictText(one, context));
    return say(context, 'correction.verdict', { before: before ?? '', after: after ?? '' });
  }
  if (change.kind === 'item') {
    const [before, after] = [change.before, change.after].map((one) => itemText(one, context));
    const item = textIn(change.label, context.locale);
    const group = textIn(change.patientGroupName, context.locale);
    return say(context, 'correction.item', { group, item, before: before ?? '', after: after ?? '' });
  }
  const [before = '', after = ''] = [change.before, change.after].map((one) => numberText(one, context));
  if (change.kind === 'calls') {
    return say(context, 'correction.calls', { name: say(context, `calls.${change.name}`), before, after });
  }
  const group = textIn(change.patientGroupName, context.locale);
  return say(context, `correction.responses.${change.scope}`, { group, before, after });
}

/** The correction in words, for page and mail; null for a first revision. */
export function correctionView(
  note: RevisionNote | null,
  card: { readonly department: string; readonly period: string },
  context: ViewContext,
): CorrectionView | null {
  if (!note) return null;
  const { revision, against, reason, changes } = note;
  return {
    subject: say(context, 'correction.subject', { ...card, revision, reason: shortened(reason) }),
    title: say(context, 'correction.title', { revision, against }),
    reason,
    changesTitle: say(context, changes.length > 0 ? 'correction.changes' : 'correction.noChanges', {
      against,
    }),
    changes: changes.map((change) => changeText(change, context)),
  };
}
