import type { SilenceGivenPerson } from '../follow-up-calls/silence-given-person.ts';
import type { SilenceKind } from '../follow-up-calls/silence.ts';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { ErasePersons, ErasureRequest } from './erase-person.ts';
import { receiptNumber } from './erasure.ts';
import type { Erasure, PersonSearch } from './erasure.ts';
import {
  erasureBody,
  erasureParams,
  heldAnswer,
  personSearchBody,
  receiptAnswer,
  silenceBody,
  silenceParams,
} from './erasure.schema.ts';
import type { SilenceBody } from './erasure.schema.ts';
import type { ErasureActor } from './search-persons.ts';

/** What the routes need from outside. */
export interface ErasureRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly erasePersons: ErasePersons;
  readonly silence: (dischargeId: string, kind: SilenceKind, by: ErasureActor) => Promise<void>;
  readonly liftSilence: (dischargeId: string, by: ErasureActor) => Promise<void>;
  /** The same of whoever tells of himself, with or without a stay that is known. */
  readonly silenceGiven: Pick<SilenceGivenPerson, 'silence' | 'lift'>;
  /** Days after which backups are deleted. */
  readonly backupDays: number;
}

/** Who asks. */
export function actorOf({ principal, requestId }: Pick<RouteInput, 'principal' | 'requestId'>): ErasureActor {
  return { actor: principal?.accountId ?? 'anonymous', requestId };
}

/** When the last backup of before an erasure is gone. */
export function backupsGoneBy({ requestedAt }: Erasure, backupDays: number): Date {
  return new Date(requestedAt.getTime() + backupDays * 24 * 60 * 60_000);
}

function receiptOf(erasure: Erasure, backupDays: number): object {
  const { id, requestedAt, requestedBy, askedBy, reason, counts, byWords, completedAt } = erasure;
  return {
    id,
    number: receiptNumber(erasure),
    requestedAt: requestedAt.toISOString(),
    requestedBy,
    askedBy,
    reason,
    counts,
    byWords,
    completedAt: completedAt?.toISOString() ?? null,
    backupsGoneBy: backupsGoneBy(erasure, backupDays).toISOString(),
  };
}

function erasureLines(deps: ErasureRoutesDeps): readonly Route[] {
  const guard = deps.guard('erasure.manage');
  return [
    route<PersonSearch>({
      method: 'post',
      path: '/api/v1/erasures/search',
      guard,
      summary:
        'What is held of whoever a number belongs to, an answer with words, and how many texts name somebody, by ids and counts. What is searched for stands in no address and no log.',
      body: personSearchBody,
      responses: { 200: heldAnswer },
      handle: async (input, response) => {
        const held = await deps.erasePersons.search(input.body, actorOf(input), input.locale);
        response.set('Cache-Control', 'no-store').json(held);
      },
    }),
    route<ErasureRequest>({
      method: 'post',
      path: '/api/v1/erasures',
      guard,
      summary:
        'Erases persons from what was found, words of answers, and names and numbers from all texts; totals stay. The same id again gives the first receipt.',
      body: erasureBody,
      responses: { 201: receiptAnswer },
      handle: async (input, response) => {
        const erasure = await deps.erasePersons.erase(input.body, actorOf(input), input.locale);
        response.status(201).json(receiptOf(erasure, deps.backupDays));
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/erasures/:id',
      guard,
      summary: 'The receipt of an erasure.',
      params: erasureParams,
      responses: { 200: receiptAnswer },
      handle: async ({ params }, response) => {
        const erasure = await deps.erasePersons.receipt(params['id'] ?? '');
        response.set('Cache-Control', 'no-store').json(receiptOf(erasure, deps.backupDays));
      },
    }),
  ];
}

/** The JSON API of erasures on request and of persons whom nobody contacts any more. */
export function createErasureRoutes(deps: ErasureRoutesDeps): readonly Route[] {
  const guard = deps.guard('erasure.manage');
  return [
    ...erasureLines(deps),
    route<SilenceBody>({
      method: 'post',
      path: '/api/v1/silences',
      guard,
      summary:
        'Nobody contacts the person of a stay, or whoever has these numbers, any more, by whatever way, from this moment on.',
      body: silenceBody,
      responses: { 204: null },
      handle: async (input, response) => {
        const { dischargeId, person = {}, kind } = input.body;
        if (dischargeId === undefined) await deps.silenceGiven.silence(person, kind, actorOf(input));
        else await deps.silence(dischargeId, kind, actorOf(input));
        response.status(204).end();
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/silences/:dischargeId',
      guard,
      summary: 'Lifts a silence for what is registered from now on; calls that were closed stay closed.',
      params: silenceParams,
      responses: { 204: null },
      handle: async (input, response) => {
        await deps.liftSilence(input.params['dischargeId'] ?? '', actorOf(input));
        response.status(204).end();
      },
    }),
  ];
}
