import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import { askingPrincipal } from './asking-principal.ts';
import { dischargeAnswer, dischargeBatchAnswer } from './discharge-answer.schema.ts';
import { dischargeBatchSchema, dischargeBody } from './discharge.schema.ts';
import { createRegisterDischarge } from './register-discharge.ts';
import type { RegisterDischarges } from './register-discharges.ts';

/** What the routes need. */
export interface DischargeRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly registerDischarges: RegisterDischarges;
}

/** Five hundred rows with room to spare. */
const maxBatchBytes = 512 * 1024;

/** The routes by which the hospital's information system registers discharges. */
export function createDischargeRoutes(deps: DischargeRoutesDeps): readonly Route[] {
  const registerDischarge = createRegisterDischarge(deps.registerDischarges);
  const guard = deps.guard('discharge.write');
  return [
    route({
      method: 'put',
      path: '/api/v1/discharges',
      guard,
      summary:
        'Registers or corrects one discharge by the admission in its body: addresses, which stand in logs, name no patient.',
      body: dischargeBody,
      responses: { 200: dischargeAnswer, 201: dischargeAnswer },
      handle: async (input, response) => {
        const { accountId: actor } = askingPrincipal(input);
        const { locale, requestId } = input;
        const done = await registerDischarge(input.body, { actor, locale, requestId });
        response.status(done.result === 'created' ? 201 : 200).json(done);
      },
    }),
    route<{ discharges: readonly unknown[] }>({
      method: 'post',
      path: '/api/v1/discharges',
      guard,
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
