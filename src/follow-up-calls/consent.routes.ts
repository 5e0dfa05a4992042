import { answer, listOf, moment, oneOf, orNull, anyText } from '../http/answer.schema.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { consentChannels, consentPurposes, consentStates, standingConsent } from '../consents/consent.ts';
import type { ConsentEntry } from '../consents/consent.ts';
import { consentBody, consentParams } from './consent.schema.ts';
import type { ConsentBody } from './consent.schema.ts';
import type { PersonConsents } from './person-consents.ts';

/** What the routes need. */
export interface ConsentRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly personConsents: PersonConsents;
}

const stateOrNull = orNull(oneOf(consentStates));
const consentsAnswer = answer({
  standing: answer(Object.fromEntries(consentPurposes.map((purpose) => [purpose, stateOrNull]))),
  history: listOf(
    answer({
      purpose: oneOf(consentPurposes),
      state: oneOf(consentStates),
      channel: oneOf(consentChannels),
      noticeVersion: orNull(anyText),
      at: moment,
      recordedBy: anyText,
    }),
  ),
});

function consentsView(entries: readonly ConsentEntry[]): object {
  return {
    standing: Object.fromEntries(
      consentPurposes.map((purpose) => [purpose, standingConsent(entries, purpose)]),
    ),
    history: entries.map(({ purpose, state, channel, noticeVersion, at, recordedBy }) => {
      return { purpose, state, channel, noticeVersion, at, recordedBy };
    }),
  };
}

const idOf = ({ params }: Pick<RouteInput, 'params'>): string => params['id'] ?? '';

/** Consents by the API, of the person of a discharge. */
export function createConsentRoutes({ guard: guardOf, personConsents }: ConsentRoutesDeps): readonly Route[] {
  const guard = guardOf('consent.manage');
  return [
    route({
      method: 'get',
      path: '/api/v1/discharges/:id/consents',
      guard,
      summary:
        'What the person of a discharge agreed to and refused, each purpose by itself, with its history.',
      params: consentParams,
      responses: { 200: consentsAnswer },
      handle: async (input, response) => {
        const entries = await personConsents.history(idOf(input));
        response.set('Cache-Control', 'no-store').json(consentsView(entries));
      },
    }),
    route<ConsentBody>({
      method: 'post',
      path: '/api/v1/discharges/:id/consents',
      guard,
      summary:
        'Records what the person of a discharge said of one purpose; the same consentId again is harmless.',
      params: consentParams,
      body: consentBody,
      responses: { 200: consentsAnswer },
      handle: async ({ body, principal, requestId, ...input }, response) => {
        const { consentId, noticeVersion = null, ...given } = body;
        const by = { actor: principal?.accountId ?? 'anonymous', requestId, causeId: `office\n${consentId}` };
        await personConsents.record(idOf(input), { ...given, noticeVersion }, by);
        response.json(consentsView(await personConsents.history(idOf(input))));
      },
    }),
  ];
}
