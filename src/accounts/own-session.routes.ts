import { route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { SessionControl } from '../http/session-control.ts';
import type { Translate } from '../shared/i18n.ts';
import type { EndOtherSessions, EndSession } from './end-session.ts';
import { inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import type { OwnSession } from './own-session.ts';
import { endedAnswer, ownSessionsAnswer, sessionParams } from './own-session.schema.ts';
import type { SessionStore } from './session.store.ts';

/** What a person's own sessions need. */
export interface OwnSessionDeps {
  readonly sessionStore: Pick<SessionStore, 'list'>;
  readonly sessions: Pick<SessionControl, 'idOf'>;
  readonly endSession: EndSession;
  readonly endOtherSessions: EndOtherSessions;
  readonly t: Translate;
}

function shownOf(session: OwnSession, currentId: string | null): object {
  return { ...session, current: session.id === currentId };
}

/** A person's own sessions, as JSON. */
export function createOwnSessionRoutes(deps: OwnSessionDeps): readonly Route[] {
  const guard = guardFor('session.own');
  return [
    route({
      method: 'get',
      path: '/api/v1/sessions',
      guard,
      summary: 'The own sessions, the latest used first: device, since when, last seen, which is this one.',
      responses: { 200: ownSessionsAnswer },
      handle: async ({ principal }, response, request) => {
        const current = deps.sessions.idOf(request);
        const found = await deps.sessionStore.list(principal?.accountId ?? '');
        const sessions = found.map((session) => shownOf(session, current));
        response.set('Cache-Control', 'no-store').json({ sessions });
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/sessions',
      guard,
      summary: 'Ends all own sessions but this one.',
      responses: { 200: endedAnswer },
      handle: async ({ principal, requestId }, response, request) => {
        const currentId = deps.sessions.idOf(request);
        const accountId = principal?.accountId ?? '';
        const ended = await deps.endOtherSessions({ accountId, currentId, requestId });
        response.json({ ended });
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/sessions/:sessionId',
      guard,
      summary: 'Ends one of the own sessions.',
      params: sessionParams,
      responses: { 204: null },
      handle: async ({ principal, params, requestId, locale }, response) => {
        const accountId = principal?.accountId ?? '';
        const sessionId = params['sessionId'] ?? '';
        await inLanguage(deps.t, locale, () => deps.endSession({ accountId, sessionId, requestId }));
        response.status(204).end();
      },
    }),
  ];
}
