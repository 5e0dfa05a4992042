import { ratio } from '../statistics/proportion.ts';
import { defaultThresholds, displayLevel } from '../statistics/small-numbers.ts';
import type { DisplayLevel } from '../statistics/small-numbers.ts';
import { wilsonInterval, Z_998 } from '../statistics/wilson.ts';
import type {
  PresentedChange,
  PresentedHospital,
  PresentedItem,
  PresentedRate,
  Standing,
} from './presented-scorecard.ts';
import type { Count, ItemResult, SectionScope } from './scorecard.ts';

const leastN = defaultThresholds.countsOnly;

/** Whether percentages may be shown at a level. */
export function allowsPercentages(level: DisplayLevel): boolean {
  return level === 'careful' || level === 'full';
}

/** Whether the hospital's value may stand beside a department's: 30 answers, and nobody or 30 in the rest of the hospital. */
export function hospitalMayBeShown(ownN: number, hospitalN: number): boolean {
  const others = hospitalN - ownN;
  return hospitalN >= leastN && (others === 0 || others >= leastN);
}

function presentRate({ x, n }: Count, level: DisplayLevel): PresentedRate | null {
  if (level === 'none' || level === 'hidden') return null;
  if (level === 'counts') return { x, value: null, low: null, high: null };
  const { low, high } = wilsonInterval(x, n) ?? { low: null, high: null };
  return { x, value: ratio(x, n), low, high };
}

/** The hospital's figures of an item, or null where they stay hidden; only a department's own answers have others to stand beside. */
export function hospitalOf(item: ItemResult, scope: SectionScope): PresentedHospital | null {
  const { satisfied, topBox, meanScore } = item.hospital;
  if (scope !== 'own' || !hospitalMayBeShown(item.n, satisfied.n)) return null;
  return { n: satisfied.n, satisfied: satisfied.x / satisfied.n, topBox: topBox.x / satisfied.n, meanScore };
}

/** Funnel: the Wilson 99.8 % interval leaves the hospital's rate outside, or not (domain rule: no rank, only in or out). */
function standingOf(item: ItemResult, hospital: PresentedHospital | null): Standing | null {
  const interval = item.n >= leastN ? wilsonInterval(item.satisfied.x, item.n, Z_998) : null;
  if (!hospital || !interval) return null;
  if (interval.low > hospital.satisfied) return 'above';
  return interval.high < hospital.satisfied ? 'below' : 'inside';
}

function changeOf({ n, change, previousSatisfied }: ItemResult): PresentedChange | null {
  if (!change || !previousSatisfied || n < leastN || previousSatisfied.n < leastN) return null;
  const { difference, low, high, adjustedP, significant } = change;
  return {
    previousN: previousSatisfied.n,
    previousValue: previousSatisfied.x / previousSatisfied.n,
    difference,
    low,
    high,
    adjustedP,
    significant,
  };
}

/** One item by the ladder; see `presentScorecard` for the rule. */
export function presentItem(item: ItemResult, scope: SectionScope): PresentedItem {
  const { code, text, label, dimension, responsibleUnit, n } = item;
  const level = displayLevel(n);
  const scored = item.meanScore !== null;
  const shown = level !== 'hidden' && scored;
  const hospital = shown ? hospitalOf(item, scope) : null;
  return {
    code,
    text,
    label,
    dimension,
    responsibleUnit,
    level,
    n: level === 'hidden' ? null : n,
    satisfied: scored ? presentRate(item.satisfied, level) : null,
    topBox: scored ? presentRate(item.topBox, level) : null,
    meanScore: allowsPercentages(level) ? item.meanScore : null,
    hospital,
    standing: standingOf(item, hospital),
    change: scored ? changeOf(item) : null,
    noChangeReason: scored || n < leastN ? reasonOf(item) : 'not-scored',
  };
}

/** A hidden item says nothing of the month before either. */
function reasonOf({ n, noChangeReason }: ItemResult): PresentedItem['noChangeReason'] {
  return n < leastN ? 'too-few-answers' : noChangeReason;
}
