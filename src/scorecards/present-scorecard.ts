import { presentCalls } from './present-calls.ts';
import { presentSection } from './present-section.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';
import type { Scorecard } from './scorecard.ts';

/**
 * Applies the small-number rule to everything that leaves the server. The rule:
 * 1. The ladder 5 / 30 / 100 by each figure's own n: 0 none; 1–4 hidden with its n; 5–29 counts; 30–99 percentage and interval,
 *    careful; from 100 full. A mean score needs 30. A group with 1–4 answers shows no items, no split and no n.
 * 2. A dimension is the mean of its items with 5 or more answers, never of a hidden one, so that dimension minus items gives
 *    nothing; it is hidden when its n would tell a hidden item's n.
 * 3. A hospital value stands beside a department's only as percentage with n, from n = 30 on, and when the rest of the hospital is
 *    nobody or 30 or more. (Hospital minus all departments: see `hospitalCells`.)
 * 4. Splits by mode hide their small cells and enough others that none can be worked out from the total; partial answers of
 *    1–4 are hidden; options' counts never leave.
 * 5. Calls: what patients reached by phone did (answered, broke off, refused) is hidden from 1–4, and so is each total or rate that
 *    would give it back, also through the split by mode. Discharges, calls and attempts are the department's own work.
 *    The final figures of the month before: see `finalCalls`.
 * 6. A change is stated only when it was tested: 30 answers in both months.
 */
export function presentScorecard(scorecard: Scorecard): PresentedScorecard {
  const sections = scorecard.sections.map((section) => presentSection(section));
  return {
    period: scorecard.period,
    revision: scorecard.revision,
    provisional: false,
    departmentCode: scorecard.departmentCode,
    departmentName: scorecard.departmentName,
    cutoffAt: scorecard.cutoffAt,
    verdict: scorecard.verdict,
    sections,
    calls: scorecard.calls && presentCalls(scorecard.calls, sections),
    previousCalls: scorecard.previousCalls ?? null,
  };
}
