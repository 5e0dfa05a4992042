import type { Response } from 'express';
import type { RouteInput } from '../http/route.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { PatientView } from './patient-address.ts';
import { patientShell } from './patient-shell.view-model.ts';
import type { PatientPageQuery } from './survey-response.schema.ts';

/** What sending a patient page needs. */
export interface PatientPageDeps {
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly hospitalName: LocalizedText;
  readonly languages: readonly Locale[];
  readonly isTrial: () => boolean;
}

/** One page: its template, its own path, its model without the frame, and its status when that is not 200. */
export interface PatientPage {
  readonly name: string;
  readonly path: string;
  readonly model: object;
  readonly status?: number;
}

/** How the asker wants to see the page. */
export function viewOf({
  locale,
  query,
}: Pick<RouteInput<unknown, PatientPageQuery>, 'locale' | 'query'>): PatientView {
  return { locale, large: query.size === 'large', group: query.group ? query.group : null };
}

/** Sends a page inside the patients' frame. No cache keeps it: going back must never show, or send, an old form. */
export function sendPatientPage(
  deps: PatientPageDeps,
  view: PatientView,
  response: Response,
  { name, path, model, status }: PatientPage,
): void {
  response
    .status(status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(name, view.locale, { ...model, shell: patientShell(deps, path, view) }));
}
