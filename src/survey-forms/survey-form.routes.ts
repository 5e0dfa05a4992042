import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import { surveyFormAnswer, surveyFormParams } from './survey-form-request.schema.ts';
import type { SurveyFormCatalogue } from './survey-form.ts';
import { surveyFormView } from './survey-form.view-model.ts';

/** What the routes need: the published forms, and today in the hospital. */
export interface SurveyFormRoutesDeps {
  readonly catalogue: SurveyFormCatalogue;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly translate: Translate;
}

/** `GET /api/v1/survey-forms/:patientGroup`: the form in force today; 404 `survey_form_not_found` when there is none. */
export function createSurveyFormRoutes(deps: SurveyFormRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/survey-forms/:patientGroup',
      guard: openToAll,
      side: 'both',
      summary: 'The survey form in force for a patient group, in the negotiated language.',
      params: surveyFormParams,
      responses: { 200: surveyFormAnswer },
      handle: ({ params, locale }, response) => {
        const today = deps.hospitalTime.dateOf(deps.clock.now());
        const form = deps.catalogue.inForce(params['patientGroup'] ?? '', today);
        const message = deps.translate(locale, 'survey-forms:notFound');
        if (!form) throw new DomainError('not-found', 'survey_form_not_found', message);
        response.json(surveyFormView(form, locale));
      },
    }),
  ];
}
