import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { Templates } from '../shared/templates.handlebars.ts';
import type { DescribeRevision } from './describe-revision.ts';
import { presentScorecard } from './present-scorecard.ts';
import { scorecardNotFound } from './find-scorecard.ts';
import type { RollingSum } from './rolling-sum.ts';
import { buildScorecardView } from './scorecard.view-model.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { RenderScorecardMail } from './send-delivery.ts';

/** What writing the mail needs. */
export interface RenderScorecardMailDeps {
  readonly scorecards: Pick<ScorecardStore, 'find'>;
  readonly describeRevision: DescribeRevision;
  readonly rollingSum: RollingSum;
  readonly renderMail: Templates['mail'];
  readonly translate: Translate;
  readonly hospitalName: LocalizedText;
  readonly hospitalTime: Pick<HospitalTime, 'format'>;
  /** Without a slash at its end. */
  readonly staffBaseUrl: string;
}

/** Builds the use case: a frozen scorecard as subject, text and HTML of a mail. Throws `scorecard_not_found`. */
export function createRenderScorecardMail(deps: RenderScorecardMailDeps): RenderScorecardMail {
  return async (period, departmentCode, revision, language) => {
    const frozen = await deps.scorecards.find({ period, departmentCode, revision });
    if (!frozen) throw scorecardNotFound();
    const view = buildScorecardView(presentScorecard(frozen), {
      locale: language,
      t: deps.translate,
      hospitalName: deps.hospitalName,
      formatTime: deps.hospitalTime.format,
      contentHash: frozen.contentHash,
      revisionNote: await deps.describeRevision(frozen),
      rollingSum: await deps.rollingSum(frozen),
      latestRevision: null,
      url: `${deps.staffBaseUrl}/scorecards/${period}/${encodeURIComponent(departmentCode)}`,
    });
    return deps.renderMail('scorecard', language, { view });
  };
}
