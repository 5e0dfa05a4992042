import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { OperationRoutesDeps } from './operation.routes.ts';
import { operationForm } from './operation.schema.ts';
import type { OperationForm } from './operation.schema.ts';
import { operationView } from './operation.view-model.ts';

/** What the page needs from outside. */
export interface OperationPagesDeps extends OperationRoutesDeps {
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly hospitalTime: Pick<HospitalTime, 'format' | 'timeZone'>;
}

const path = '/office/operation';
type Shown = { readonly status?: number; readonly errorKey?: string };

function createShow(deps: OperationPagesDeps) {
  return async (input: RouteInput, response: Response, shown: Shown = {}): Promise<void> => {
    await deps.current.reload();
    const { format, timeZone } = deps.hospitalTime;
    const model = {
      shell: deps.shell(input, path),
      csrfToken: input.csrfToken,
      view: operationView(deps.current.history(), format, shown.errorKey ?? ''),
      timeZone,
    };
    response
      .status(shown.status ?? 200)
      .type('html')
      .send(deps.renderPage('operation/operation', input.locale, model));
  };
}

/** The page on which the administrator or the office switches between 试运行 and 正式运行, after reading what it means. */
export function createOperationPages(deps: OperationPagesDeps): readonly Route[] {
  const guard = deps.guard('operation.switch');
  const show = createShow(deps);
  return [
    route({
      method: 'get',
      path,
      guard,
      summary: 'Trial or live: what is in force, what the other means, and the button.',
      handle: (input, response) => show(input, response),
    }),
    route<OperationForm>({
      method: 'post',
      path,
      guard,
      summary: 'Switches the mode when the box that says so is ticked.',
      body: operationForm,
      handle: async (input, response) => {
        const { body, principal, requestId } = input;
        if (body.understood !== 'yes') {
          await show(input, response, { status: 422, errorKey: 'operation:error.not_understood' });
          return;
        }
        const { accountId = 'anonymous', displayName = '' } = principal ?? {};
        try {
          await deps.switchOperatingMode(body.mode, { accountId, displayName, requestId });
          response.redirect(303, path);
        } catch (error) {
          if (!(error instanceof DomainError) || error.code !== 'operation_busy') throw error;
          await show(input, response, { status: 409, errorKey: 'operation:error.operation_busy' });
        }
      },
    }),
  ];
}
