import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Retention, RetentionForecast } from './end-retention.ts';
import { retentionAnswer } from './retention.schema.ts';

/** What the routes need from outside. */
export interface RetentionRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly retention: Pick<Retention, 'forecast'>;
}

/** What the page needs besides. */
export interface RetentionPagesDeps extends RetentionRoutesDeps {
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
  readonly formatTime: (moment: Date) => string;
  readonly translate: Translate;
}

/** `GET /api/v1/retention`: what ends when, before it ends. */
export function createRetentionRoutes(deps: RetentionRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/retention',
      guard: deps.guard('retention.read'),
      summary:
        'For how long each kind of data is kept, how many of it end tonight, within 7 and within 30 days.',
      responses: { 200: retentionAnswer },
      handle: async (_input, response) => {
        const { kinds, lastRun } = await deps.retention.forecast();
        response.set('Cache-Control', 'no-store').json({ kinds, lastRun: lastRun?.toISOString() ?? null });
      },
    }),
  ];
}

/** A kind with its words, as the page shows it. */
function forecastView(forecast: RetentionForecast, translate: Translate, locale: Locale): object {
  const word = (part: string): string => translate(locale, `retention:kind.${forecast.kind}.${part}`);
  const lastEndedKnown = forecast.lastEnded !== null;
  return { ...forecast, label: word('label'), from: word('from'), lastEndedKnown };
}

/** The page of the same. */
export function createRetentionPages(deps: RetentionPagesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/retention',
      guard: deps.guard('retention.read'),
      summary: 'For how long each kind of data is kept, what ends next, and what the last night ended.',
      handle: async (input, response) => {
        const { kinds, lastRun } = await deps.retention.forecast();
        const model = {
          shell: deps.shell(input, '/admin/retention'),
          kinds: kinds.map((forecast) => forecastView(forecast, deps.translate, input.locale)),
          lastRun: lastRun && deps.formatTime(lastRun),
        };
        response
          .set('Cache-Control', 'no-store')
          .type('html')
          .send(deps.renderPage('retention/retention', input.locale, model));
      },
    }),
  ];
}
