import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import { askingPrincipal } from './asking-principal.ts';
import { dischargeBatchAnswer } from './discharge-answer.schema.ts';
import { dischargeBatchSchema } from './discharge.schema.ts';
import type { RegisterDischarges } from './register-discharges.ts';

/** What the routes need. */
export interface DischargeRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly registerDischarges: RegisterDischarges;
}

/** Five hundred rows with room to spare. */
const maxBatchBytes = 512 * 1024;

/** The route by which the hospital's information system registers discharges. */
export function createDischargeRoutes(deps: DischargeRoutesDeps): readonly Route[] {
  return [
    route<{ discharges: readonly unknown[] }>({
      method: 'post',
      path: '/api/v1/discharges',
      guard: deps.guard('discharge.write'),
      summary: 'Registers up to 500 discharges by admission; the same batch again changes nothing.',
      body: dischargeBatchSchema,
      maxBodyBytes: maxBatchBytes,
      responses: { 200: dischargeBatchAnswer },
      handle: async (input, response) => {
        const { accountId } = askingPrincipal(input);
        const { locale, requestId } = input;
        const rows = input.body.discharges;
        response.json(await deps.registerDischarges({ rows, actor: accountId, locale, requestId }));
      },
    }),
  ];
}
