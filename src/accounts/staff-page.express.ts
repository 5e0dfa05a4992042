import type { Response } from 'express';
import { DomainError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import { staffShell } from './staff-shell.view-model.ts';
import type { StaffShellInput, StaffShellSettings } from './staff-shell.view-model.ts';

/** What sending a page of staff needs. */
export interface StaffPageDeps extends StaffShellSettings {
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
}

/** One page: its template, its own address, its model without the shell, and its status when that is not 200. */
export interface StaffPage {
  readonly name: string;
  readonly path: string;
  readonly model: object;
  readonly status?: number;
}

/** Sends a page to whoever asked for it. */
export type SendStaffPage = (
  input: Omit<StaffShellInput, 'path'>,
  response: Response,
  page: StaffPage,
) => void;

/** Renders a page inside the staff shell. No cache keeps it. */
export function createSendStaffPage(deps: StaffPageDeps): SendStaffPage {
  return ({ principal, locale, csrfToken }, response, { name, path, model, status }) => {
    const shell = staffShell(deps, { principal, locale, csrfToken, path });
    response
      .status(status ?? 200)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(deps.renderPage(name, locale, { ...model, shell }));
  };
}

/** The status of a form that is shown again because of an error; an error no form can mend is thrown on. */
export function formErrorStatus(error: unknown): { error: DomainError; status: number } {
  if (error instanceof DomainError) {
    const status = { invalid: 422, unauthenticated: 401, conflict: 409, 'too-many': 429 };
    const found = Object.entries(status).find(([kind]) => kind === error.kind);
    if (found) return { error, status: found[1] };
  }
  throw error;
}
