import type { CalendarSlice } from './calendar/calendar.wiring.ts';
import type { DepartmentsSlice } from './departments/departments.wiring.ts';
import type { FollowUpCallsSlice } from './follow-up-calls/follow-up-calls.wiring.ts';
import type { PrivacyNotices } from './privacy-notices/privacy-notice.ts';
import type { StaffSlice } from './staff/staff.wiring.ts';
import type { SurveyFormCatalogue } from './survey-forms/survey-form.ts';
import type { SurveyResponsesSlice } from './survey-responses/survey-responses.wiring.ts';

/** The slices that others read. */
export interface Read {
  readonly calendar: CalendarSlice;
  readonly departments: DepartmentsSlice;
  readonly staff: StaffSlice;
  readonly catalogue: SurveyFormCatalogue;
  readonly notices: PrivacyNotices;
  readonly responses: SurveyResponsesSlice;
  readonly calls: FollowUpCallsSlice;
}
