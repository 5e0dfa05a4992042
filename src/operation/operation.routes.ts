import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import type { CurrentOperation } from './current-operation.ts';
import type { ModeHistory, OperatingMode } from './operating-mode.ts';
import { operationAnswer, operationBody } from './operation.schema.ts';
import type { SwitchOperatingMode } from './switch-operating-mode.ts';

/** What the routes need from outside. */
export interface OperationRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly current: CurrentOperation;
  readonly switchOperatingMode: SwitchOperatingMode;
}

function answerOf(history: ModeHistory): object {
  const last = history.at(-1);
  return {
    mode: last?.mode ?? null,
    since: last?.at.toISOString() ?? null,
    switches: history.map(({ mode, at, byName }) => ({ mode, at: at.toISOString(), by: byName })),
  };
}

/** `GET` and `PUT /api/v1/operation`: 试运行 or 正式运行. */
export function createOperationRoutes(deps: OperationRoutesDeps): readonly Route[] {
  const guard = deps.guard('operation.switch');
  return [
    route({
      method: 'get',
      path: '/api/v1/operation',
      guard,
      summary: 'Whether the hospital runs the service in trial or live, since when, and every switch.',
      responses: { 200: operationAnswer },
      handle: async (_input, response) => {
        await deps.current.reload();
        response.json(answerOf(deps.current.history()));
      },
    }),
    route<{ mode: OperatingMode }>({
      method: 'put',
      path: '/api/v1/operation',
      guard,
      summary: 'Switches between trial and live from this moment on; nothing stored before changes.',
      body: operationBody,
      responses: { 200: operationAnswer },
      handle: async ({ body, principal, requestId }, response) => {
        const { accountId = 'anonymous', displayName = '' } = principal ?? {};
        response.json(
          answerOf(await deps.switchOperatingMode(body.mode, { accountId, displayName, requestId })),
        );
      },
    }),
  ];
}
