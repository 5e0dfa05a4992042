import { openToAll, route } from './route.ts';
import type { Route } from './route.ts';

/** Whether the service can work now, and if not, why, in words without secrets. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** `/healthz`: the process runs. `/readyz`: the database answers and its indexes stand. */
export function createHealthRoutes(deps: { readonly readiness: () => Promise<Readiness> }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/healthz',
      guard: openToAll,
      side: 'both',
      summary: 'Whether the process runs.',
      handle: (_input, response) => {
        response.setHeader('Cache-Control', 'no-store').json({ status: 'ok' });
      },
    }),
    route({
      method: 'get',
      path: '/readyz',
      guard: openToAll,
      side: 'both',
      summary: 'Whether the database answers and its indexes stand; 503 with the reasons when not.',
      handle: async (_input, response) => {
        const { ready, reasons } = await deps.readiness();
        response.setHeader('Cache-Control', 'no-store');
        if (!ready) response.setHeader('Retry-After', '5');
        response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', reasons });
      },
    }),
  ];
}
