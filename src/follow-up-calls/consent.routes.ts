import { answer, listOf, moment, oneOf, orNull, anyText } from '../http/answer.schema.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { consentChannels, consentPurposes, consentStates, standingConsent } from '../consents/consent.ts';
import type { ConsentEntry } from '../consents/consent.ts';
import { consentBody, consentParams, toldConsentBody } from './consent.schema.ts';
import type { ConsentBody, ToldConsentBody } from './consent.schema.ts';
import type { ConsentRecorder, PersonConsents } from './person-consents.ts';

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

const recorderOf = (
  { principal, requestId }: Pick<RouteInput, 'principal' | 'requestId'>,
  consentId: string,
): ConsentRecorder => {
  return { actor: principal?.accountId ?? 'anonymous', requestId, causeId: `office\n${consentId}` };
};

/** Consents by the API, of the person of a discharge and of whoever tells of himself. */
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
      handle: async ({ body, ...input }, response) => {
        const { consentId, noticeVersion = null, ...given } = body;
        await personConsents.record(idOf(input), { ...given, noticeVersion }, recorderOf(input, consentId));
        response.json(consentsView(await personConsents.history(idOf(input))));
      },
    }),
    route<ToldConsentBody>({
      method: 'post',
      path: '/api/v1/consents',
      guard,
      summary:
        'Records what somebody says who tells of himself, by patient number, or telephone and name: no stay need be known.',
      body: toldConsentBody,
      responses: { 200: consentsAnswer },
      handle: async ({ body, ...input }, response) => {
        const { consentId, noticeVersion = null, person, ...given } = body;
        await personConsents.recordGiven(person, { ...given, noticeVersion }, recorderOf(input, consentId));
        response
          .set('Cache-Control', 'no-store')
          .json(consentsView(await personConsents.historyGiven(person)));
      },
    }),
  ];
}
