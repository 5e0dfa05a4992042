import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import { askingPrincipal } from './asking-principal.ts';
import type { HandleRedFlag, RedFlagRequest } from './handle-red-flag.ts';
import type { ListRedFlags } from './list-red-flags.ts';
import {
  redFlagAnswer,
  redFlagParams,
  redFlagPatientAnswer,
  redFlagsAnswer,
  settleBody,
  takeBody,
} from './red-flag.schema.ts';
import type { SettleBody, TakeBody } from './red-flag.schema.ts';
import { redFlagView } from './red-flag.view-model.ts';

/** What the routes of red flags need. */
export interface RedFlagRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly listRedFlags: ListRedFlags;
  readonly handleRedFlag: HandleRedFlag;
}

/** Which red flag, and who asks. */
export function redFlagRequest(input: RouteInput): RedFlagRequest {
  const { callId = '', attemptId = '' } = input.params;
  return { callId, attemptId, principal: askingPrincipal(input), requestId: input.requestId };
}

const path = '/api/v1/red-flags';
const onePath = `${path}/:callId/:attemptId`;

/** Whom a doctor calls back. Throws when nobody is left to call. */
async function patientOf({ handleRedFlag }: RedFlagRoutesDeps, request: RedFlagRequest): Promise<object> {
  const { patient, silence } = await handleRedFlag.open(request);
  if (silence === 'deceased')
    throw new DomainError('conflict', 'red_flag_patient_deceased', 'The patient is recorded as deceased.');
  if (!patient) throw new DomainError('not-found', 'red_flag_patient_gone', 'Who it was is erased.');
  const { name: patientName, phone, contactPhone } = patient;
  return { patientName, phone, contactPhone, silence };
}

/** Red flags as JSON: those who look after them list, duty doctors take on, call and settle. */
export function createRedFlagRoutes(deps: RedFlagRoutesDeps): readonly Route[] {
  const one = { guard: deps.guard('red-flag.handle'), params: redFlagParams };
  return [
    route({
      method: 'get',
      path,
      guard: deps.guard('red-flag.read'),
      summary:
        'Red flags of one’s departments: all that are not dealt with, and those dealt with in the last 30 days.',
      responses: { 200: redFlagsAnswer },
      handle: async (input, response) => {
        const redFlags = (await deps.listRedFlags(askingPrincipal(input))).map(redFlagView);
        response.set('Cache-Control', 'no-store').json({ redFlags });
      },
    }),
    route<TakeBody>({
      ...one,
      method: 'post',
      path: `${onePath}/take`,
      summary:
        'Takes a red flag on, or over from the doctor it names; again by the same doctor it changes nothing.',
      body: takeBody,
      responses: { 200: redFlagAnswer },
      handle: async (input, response) => {
        response.json(redFlagView(await deps.handleRedFlag.take(redFlagRequest(input), input.body.from)));
      },
    }),
    route({
      ...one,
      method: 'get',
      path: `${onePath}/patient`,
      summary:
        'Name and phone of the patient, for the doctor who has the red flag; the reading is recorded. Of the deceased nothing is told.',
      responses: { 200: redFlagPatientAnswer },
      handle: async (input, response) => {
        const patient = await patientOf(deps, redFlagRequest(input));
        response.set('Cache-Control', 'no-store').json(patient);
      },
    }),
    route<SettleBody>({
      ...one,
      method: 'post',
      path: `${onePath}/settle`,
      summary: 'Says what came of a red flag one has; the same outcome again changes nothing.',
      body: settleBody,
      responses: { 200: redFlagAnswer },
      handle: async (input, response) => {
        const { outcome } = input.body;
        response.json(redFlagView(await deps.handleRedFlag.settle(redFlagRequest(input), outcome)));
      },
    }),
  ];
}
