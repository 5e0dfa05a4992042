import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { found, openErasureWorld, person } from './erasure-world.ts';
import type { ErasureWorld } from './erasure-world.ts';

let world: ErasureWorld;
let minute = 0;

beforeAll(async () => {
  world = await openErasureWorld();
});

afterAll(() => world.end());

interface Consent {
  readonly _id: string;
  readonly at: Date;
  readonly purpose: string;
  readonly recordedBy: string;
}

const dump = async (): Promise<string> => JSON.stringify(await world.dump());
const consents = async (): Promise<readonly Consent[]> =>
  (await world.service.stored('consents')) as readonly Consent[];

/** Registers stays; gives their ids. */
async function register(...discharges: readonly object[]): Promise<readonly string[]> {
  const sent = await world.office().post('/api/v1/discharges', { discharges });
  const { results } = sent.json() as { results: readonly { readonly callId: string }[] };
  return results.map(({ callId }) => callId.replace('satisfaction:', ''));
}

async function say(stay: string, purpose: string, state: string): Promise<void> {
  minute += 1;
  world.clock.set(`2026-09-10T02:${String(minute).padStart(2, '0')}:00Z`);
  const said = { consentId: randomUUID(), purpose, state, channel: 'office' };
  const answer = await world.office().post(`/api/v1/discharges/${stay}/consents`, said);
  if (answer.status !== 200) throw new Error(answer.text);
}

async function sayOnThePhone(stay: string): Promise<void> {
  const path = `/api/v1/follow-up-calls/satisfaction:${stay}`;
  await world.office().post(`${path}/claim`);
  const logged = await world.office().post(`${path}/attempts`, {
    attemptId: randomUUID(),
    startedAt: world.clock.now().toISOString(),
    durationSeconds: 30,
    disposition: 'refusal-patient',
    noFurtherCalls: true,
  });
  if (logged.status !== 201) throw new Error(logged.text);
}

async function erase(...dischargeIds: readonly string[]): Promise<void> {
  const request = { id: randomUUID(), dischargeIds, contactIds: [], askedBy: 'patient', reason: 'request' };
  const erased = await world.office().post('/api/v1/erasures', request);
  if (erased.status !== 201) throw new Error(erased.text);
}

const openCalls = async (): Promise<number> => {
  const listed = await world.office().get('/api/v1/follow-up-calls?state=open');
  return (listed.json() as { total: number }).total;
};

describe('what an erased person had agreed to and refused', () => {
  test('leads from no erased stay to its person; refusals go on working, agreements are dropped', async () => {
    const [stay = ''] = await register(person);
    await sayOnThePhone(stay);
    await say(stay, 'publication', 'granted');
    await say(stay, 'clinical-follow-up', 'refused');
    await say(stay, 'clinical-follow-up', 'granted');
    const before = await consents();
    const planted = before.flatMap(({ _id, at, recordedBy }) => [
      _id,
      `"at":"${at.toISOString()}","recordedBy":"${recordedBy}"`,
    ]);
    expect(found(await dump(), planted)).toEqual(planted);

    await erase(stay);

    expect(before).toHaveLength(4);
    expect(found(await dump(), planted)).toEqual([]);
    // The hospital's day: midnight in Shanghai.
    const blurred = { at: new Date('2026-09-09T16:00:00Z'), recordedBy: 'system' };
    expect(await consents()).toMatchObject([
      { purpose: 'satisfaction-call', state: 'refused', channel: 'phone', ...blurred },
    ]);
    await register({ ...person, admissionNo: 'ZY20260902X', visitNo: 3 });
    expect(await openCalls()).toBe(0);
  });

  test('is blurred of a stay whose names had ended before, by what was said in its calls', async () => {
    await world.withDatabase((db) => db.collection('consents').deleteMany({}));
    const someone = {
      admissionNo: 'ZY-B',
      patientName: '李四',
      phone: '13900001111',
      patientNo: 'P2',
      visitNo: 1,
    };
    const [stay = ''] = await register({ ...person, ...someone });
    await sayOnThePhone(stay);
    const [before] = await consents();
    const personKeys = { phones: [], persons: [] };
    await world.withDatabase((db) =>
      db.collection('discharges').updateOne({ _id: stay as never }, { $set: { identity: null, personKeys } }),
    );

    await erase(stay);

    const after = await consents();
    expect(after).toMatchObject([{ purpose: 'satisfaction-call', state: 'refused' }]);
    expect(after.map(({ _id }) => _id)).not.toContain(before?._id);
  });
});

test('the silence that a stay told of by its death names that stay no longer once it is erased, and goes on', async () => {
  const someone = {
    admissionNo: 'ZY-C',
    patientName: '王五',
    phone: '13900002222',
    patientNo: 'P3',
    visitNo: 1,
  };
  const [stay = ''] = await register({ ...person, ...someone });
  await world
    .office()
    .post('/api/v1/discharges', { discharges: [{ ...person, ...someone, dischargeWay: 'died' }] });
  const source = [`"by":"discharge/${stay}"`];
  const since = `"since":"${world.clock.now().toISOString()}"`;
  expect(found(await dump(), [...source, since])).toEqual([...source, since]);

  await erase(stay);
  const openBefore = await openCalls();
  await register({ ...person, ...someone, admissionNo: 'ZY-D', visitNo: 2 });

  expect(found(await dump(), [...source, since])).toEqual([]);
  expect(await openCalls()).toBe(openBefore);
});
