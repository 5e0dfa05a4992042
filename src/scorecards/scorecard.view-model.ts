import { spanOf } from '../shared/long-period.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { callLines, finalCallsView } from './calls.view-model.ts';
import type { CallLine, FinalCallsView } from './calls.view-model.ts';
import { periodText, say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import { headlineView } from './headline.view-model.ts';
import type { HeadlineView } from './headline.view-model.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';
import { correctionView } from './correction.view-model.ts';
import type { CorrectionView } from './correction.view-model.ts';
import type { RevisionNote } from './revision-change.ts';
import { asOfText, rollingView, sumNotes } from './sum.view-model.ts';
import type { RollingView } from './sum.view-model.ts';
import { sectionView } from './section.view-model.ts';
import type { SectionView } from './section.view-model.ts';

/** A scorecard in words: the page, the HTML mail and the plain-text mail all print this and compute nothing. */
export interface ScorecardView {
  readonly locale: Locale;
  readonly hospitalName: string;
  readonly departmentName: string;
  readonly period: string;
  readonly title: string;
  readonly subject: string;
  /** First words a mail programme shows beside the subject. */
  readonly preheader: string;
  readonly provisional: boolean;
  /** Whether there is an item with enough answers to judge. */
  readonly judged: boolean;
  readonly headline: HeadlineView;
  /** Why this revision was made and what it changed; null for a first revision. */
  readonly correction: CorrectionView | null;
  /** The month's other revisions to look at: the one before, the newest. */
  readonly otherRevisions: readonly { readonly href: string; readonly label: string }[];
  readonly sections: readonly SectionView[];
  /** Heading of the column of changes: against last month, last quarter, … */
  readonly changeColumn: string;
  /** Where months of the period are not closed yet: up to which one it goes; else empty. */
  readonly asOf: string;
  /** Few answers: the sum of up to 12 months; null where there is none. */
  readonly rolling: RollingView | null;
  readonly calls: readonly CallLine[];
  /** How last month's calls ended; null where none was open then. */
  readonly finalCalls: FinalCallsView | null;
  readonly notes: readonly string[];
  readonly url: string;
}

/** What the words depend on besides the scorecard. */
export interface ScorecardViewInput {
  readonly locale: Locale;
  readonly t: Translate;
  readonly hospitalName: LocalizedText;
  /** The hospital's wall-clock time of a moment. */
  readonly formatTime: (moment: Date) => string;
  /** Null for a 快报, which is not frozen. */
  readonly contentHash: string | null;
  readonly revisionNote: RevisionNote | null;
  readonly rollingSum: PresentedScorecard | null;
  /** The newest revision of the month; null where no links to others are wanted. */
  readonly latestRevision: number | null;
  /** Absolute in a mail. */
  readonly url: string;
}

const shownHashDigits = 12;

function notesOf(
  card: PresentedScorecard,
  input: ScorecardViewInput,
  context: ViewContext,
): readonly string[] {
  const cutoff = input.formatTime(card.cutoffAt);
  if (card.provisional) {
    return [
      say(context, 'note.provisionalCutoff', { cutoff }),
      say(context, 'note.coarse'),
      say(context, 'note.internal'),
    ];
  }
  return [
    ...(card.sum
      ? [...sumNotes(card.sum, context), say(context, 'sum.cutoff', { cutoff }), say(context, 'sum.rule')]
      : [say(context, 'note.cutoff', { cutoff, revision: card.revision ?? '' })]),
    ...(card.calls?.moving ? [say(context, card.sum ? 'sum.moving' : 'note.moving', { cutoff })] : []),
    ...(input.revisionNote ? [say(context, 'note.heldBack')] : []),
    say(context, 'note.methods'),
    say(context, 'note.small'),
    say(context, 'note.internal'),
    ...(input.contentHash === null
      ? []
      : [say(context, 'note.hash', { hash: input.contentHash.slice(0, shownHashDigits) })]),
  ];
}

function otherRevisions(
  { revision }: PresentedScorecard,
  { latestRevision, url }: ScorecardViewInput,
  context: ViewContext,
): ScorecardView['otherRevisions'] {
  if (revision === null || latestRevision === null) return [];
  const others = [...new Set([revision - 1, latestRevision])].filter((one) => one > 0 && one !== revision);
  return others.map((one) => ({
    href: `${url}?revision=${one}`,
    label: say(context, one > revision ? 'correction.newer' : 'correction.older', { revision: one }),
  }));
}

/**
 * Every word and number of a scorecard, ready to print. The only place that rounds: percentages and scores to one decimal (whole
 * numbers in a 快报), changes to 0.1 percentage points.
 */
export function buildScorecardView(card: PresentedScorecard, input: ScorecardViewInput): ScorecardView {
  const { locale, t } = input;
  const span = spanOf(card.period) ?? 'month';
  const context: ViewContext = { locale, t, digits: card.provisional ? 0 : 1, span };
  const department = textIn(card.departmentName, locale);
  const period = periodText(card.period, context);
  const headline = headlineView(card, context);
  const correction = correctionView(input.revisionNote, { department, period }, context);
  const sections = card.sections.map((section) => sectionView(section, context));
  return {
    locale,
    hospitalName: textIn(input.hospitalName, locale),
    departmentName: department,
    period,
    title: say(context, 'title', { department, period }),
    subject: correction
      ? correction.subject
      : say(context, 'subject', { department, period, change: headline.subject }),
    preheader: [...sections.map(({ responses }) => responses), headline.nextStep].join(' '),
    provisional: card.provisional,
    judged: card.sections.some(({ items }) => items.some(({ change, standing }) => change || standing)),
    headline,
    correction,
    otherRevisions: otherRevisions(card, input, context),
    sections,
    changeColumn: say(context, 'column.change'),
    asOf: asOfText(card, context),
    rolling: rollingView(input.rollingSum, context),
    calls: callLines(card.calls, card.provisional, context),
    finalCalls: finalCallsView(card.previousCalls, context),
    notes: notesOf(card, input, context),
    url: input.url,
  };
}
