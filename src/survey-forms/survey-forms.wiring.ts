import type { Connection } from 'mongoose';
import type { Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { contentHash } from '../shared/content-hash.crypto.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { createCatalogue } from './catalogue.ts';
import { parseSurveyForm } from './parse-survey-form.ts';
import { publishSurveyForms } from './publish-survey-forms.ts';
import { readSurveyFormFiles } from './survey-form-files.node.ts';
import { createSurveyFormRoutes } from './survey-form.routes.ts';
import { shapeSurveyFormFile } from './survey-form.schema.ts';
import { createSurveyFormStore } from './survey-form.store.ts';
import type { SurveyFormCatalogue } from './survey-form.ts';

/** What the slice is handed. `folder` holds the form files, `languages` is the hospital's list. */
export interface SurveyFormsDeps {
  readonly connection: Connection;
  readonly folder: string;
  readonly languages: readonly Locale[];
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly translate: Translate;
}

/** Publishes the folder's forms and builds the slice. Rejects with all problems of the files at once. */
export async function wireSurveyForms(
  deps: SurveyFormsDeps,
): Promise<{ readonly catalogue: SurveyFormCatalogue; readonly routes: readonly Route[] }> {
  const forms = await publishSurveyForms({
    readFiles: () => readSurveyFormFiles(deps.folder),
    parse: (file) => parseSurveyForm({ shape: shapeSurveyFormFile, hash: contentHash }, file),
    store: createSurveyFormStore(deps.connection),
    languages: deps.languages,
    clock: deps.clock,
    hospitalTime: deps.hospitalTime,
  });
  const catalogue = createCatalogue(forms, deps.languages);
  return { catalogue, routes: createSurveyFormRoutes({ ...deps, catalogue }) };
}
