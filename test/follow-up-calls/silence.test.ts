import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
const wang = nurseOf('wang', 'cardiology', 'surgery');
const by = { actor: 'a-office' };

/* The same woman in two wards, her husband under the same number, and somebody else. */
const hers = discharge('ZY1', { patientNo: 'P1', visitNo: 1 });
const herOther = discharge('ZY2', {
  departmentCode: 'surgery',
  patientNo: 'P1',
  visitNo: 2,
  phone: '13900002222',
});
const husband = discharge('ZY3', { patientName: '王建国' });
const stranger = discharge('ZY4', { patientName: '李四', phone: '13911112222' });

beforeEach(async () => {
  world = await openFollowUpWorld();
  await world.register(hers, herOther, husband, stranger);
  world.goTo('2026-11-03', '09:30');
});
afterEach(() => world.database.drop());

interface Call {
  readonly dischargeId: string;
  readonly state: string;
  readonly withdrawn: boolean;
  readonly claim: object | null;
}

const post = (path: string, body: object = {}): request.Test =>
  request(createTestApp({ renderPage, routes: world.routes, principal: wang }))
    .post(path)
    .set('x-csrf-token', testCsrfToken)
    .send(body);

/** Discharge ids and calls in the order of registration. */
async function inOrder(): Promise<readonly Call[]> {
  const discharges = await world.discharges();
  const calls = (await world.calls()) as unknown as readonly Call[];
  return discharges.map(({ _id }) => {
    const call = calls.find(({ dischargeId }) => dischargeId === _id);
    if (!call) throw new Error('a discharge without a call');
    return call;
  });
}

const states = async (): Promise<readonly string[]> => (await inOrder()).map(({ state }) => state);
const idOf = async (place: number): Promise<string> => (await inOrder())[place]?.dischargeId ?? '';

async function rates(): Promise<{
  readonly calls: number;
  readonly open: number;
  readonly discharges: number;
}> {
  const tallies = await world.tallyCalls('2026-11', new Date('2026-11-04T02:00:00Z'));
  const sum = (count: (tally: (typeof tallies)[number]) => number): number =>
    tallies.reduce((total, tally) => total + count(tally), 0);
  return {
    calls: sum((one) => one.calls),
    open: sum((one) => one.open),
    discharges: sum((one) => one.discharges),
  };
}

describe('a person nobody contacts any more', () => {
  test('found deceased on the phone: every open call of every stay ends at once, but not those of the family', async () => {
    const [, other] = await inOrder();
    await post(`/api/v1/follow-up-calls/satisfaction:${other?.dischargeId ?? ''}/claim`);

    const logged = await post(`/api/v1/follow-up-calls/satisfaction:${await idOf(0)}/attempts`, {
      attemptId: 'a1',
      disposition: 'deceased',
      startedAt: '2026-11-03T09:29:00+08:00',
      durationSeconds: 40,
      note: '家属说已去世',
    });

    expect(logged.status).toBe(201);
    expect(await states()).toEqual(['closed', 'closed', 'open', 'open']);
    expect((await inOrder())[1]).toMatchObject({ withdrawn: true, claim: null });
    const late = await post(`/api/v1/follow-up-calls/satisfaction:${await idOf(1)}/attempts`, {
      attemptId: 'a2',
      disposition: 'no-answer',
      startedAt: '2026-11-03T09:29:00+08:00',
      durationSeconds: 20,
    });
    expect(late.body).toMatchObject({ code: 'call_closed' });
  });

  test('leaves the denominators when deceased, and stays in them when only not to be contacted', async () => {
    const all = await rates();
    await world.persons.silencePersons.silence(await idOf(3), 'do-not-contact', by);
    const refused = await rates();
    await world.persons.silencePersons.silence(await idOf(0), 'deceased', by);
    const deceased = await rates();

    expect(all).toEqual({ discharges: 4, calls: 4, open: 4 });
    expect(refused).toEqual({ discharges: 4, calls: 4, open: 3 });
    expect(deceased).toEqual({ discharges: 4, calls: 2, open: 1 });
  });

  test('not to be contacted silences the number too, whoever answers it', async () => {
    await world.persons.silencePersons.silence(await idOf(0), 'do-not-contact', by);

    expect(await states()).toEqual(['closed', 'closed', 'closed', 'open']);
    expect(world.audit.at(-1)).toMatchObject({ action: 'person.silence', actor: 'a-office' });
  });

  test('is registered silenced when the HIS sends a later stay, or the same one corrected', async () => {
    const { silence } = world.persons.silencePersons;
    await silence(await idOf(0), 'deceased', by);
    await silence(await idOf(3), 'do-not-contact', by);
    const wards = { departmentCode: 'surgery' };
    await world.register(
      { ...hers, ...wards },
      discharge('ZY5', { patientNo: 'P1', visitNo: 3, dischargedOn: '2026-11-02', phone: '13700003333' }),
      { ...stranger, ...wards, admissionNo: 'ZY6', dischargedOn: '2026-11-02' },
    );

    const calls = (await world.calls()) as unknown as readonly Call[];
    expect(calls.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(calls.filter(({ state, withdrawn }) => state === 'closed' && !withdrawn)).toHaveLength(2);
  });

  test('whose stay ended with death, is called about no other stay; corrected by the HIS, a later stay is called about', async () => {
    const last = discharge('ZY8', { patientNo: 'P1', visitNo: 4, dischargedOn: '2026-11-02' });
    const before = await inOrder();

    await world.register({ ...last, dischargeWay: 'died' });
    const died = (await world.calls()) as unknown as readonly Call[];
    await world.register({ ...last, dischargeWay: 'home' });
    await world.register({ ...last, admissionNo: 'ZY9', visitNo: 5, dischargedOn: '2026-11-03' });

    const after = before.map(({ dischargeId }) => died.find((call) => call.dischargeId === dischargeId));
    expect(after.map((call) => call?.state)).toEqual(['closed', 'closed', 'open', 'open']);
    expect(after[1]).toMatchObject({ withdrawn: true });
    const open = ((await world.calls()) as unknown as readonly Call[]).filter(
      ({ state }) => state === 'open',
    );
    expect(open).toHaveLength(4);
  });

  test('whose death the HIS tells when that stay has lost its name already, is called about no other stay', async () => {
    const discharges = world.database.connection.collection('discharges');
    const ended = { identity: null, personKeys: { phones: [], persons: [] } };
    await discharges.updateOne({ _id: (await idOf(0)) as never }, { $set: ended });

    await world.register({ ...hers, dischargeWay: 'died' });
    const died = await states();
    const stored = await discharges.findOne({ _id: (await idOf(0)) as never });
    await world.register({ ...hers, dischargeWay: 'home' }, { ...herOther, admissionNo: 'ZY7', visitNo: 3 });

    expect(died[1]).toBe('closed');
    expect(died.slice(2)).toEqual(['open', 'open']);
    expect(stored).toMatchObject({ ...ended, dischargeWay: 'died' });
    expect((await world.calls()).filter(({ state }) => state === 'open')).toHaveLength(3);
  });

  test('found deceased on the phone, stays silenced though a record of the HIS says home', async () => {
    await world.persons.silencePersons.silence(await idOf(0), 'deceased', by);

    await world.register({ ...hers, departmentCode: 'surgery', dischargeWay: 'home' });

    expect(await states()).toEqual(['closed', 'closed', 'open', 'open']);
  });

  test('a rehearsal silences nobody in earnest', async () => {
    world.setTrial(true);
    await world.register(hers);
    const rehearsed = (await world.discharges()).find(({ trial }) => trial === true);
    await world.persons.silencePersons.silence(String(rehearsed?.['_id']), 'deceased', by);
    world.setTrial(false);

    const calls = (await world.calls()) as unknown as readonly (Call & { readonly trial: boolean })[];
    expect(calls.filter(({ state, trial }) => state === 'open' && !trial)).toHaveLength(4);
    expect(calls.filter(({ state, trial }) => state === 'open' && trial)).toHaveLength(0);
  });

  test('a death whose silence a crash prevented is completed by the reconciler', async () => {
    const first = await idOf(0);
    await world.database.connection
      .collection('followUpCalls')
      .updateOne(
        { dischargeId: first },
        { $set: { state: 'closed', outcome: 'deceased', nextAttemptAt: new Date('2026-11-03T01:30:00Z') } },
      );

    await world.reconcile();

    expect(await states()).toEqual(['closed', 'closed', 'open', 'open']);
  });

  test('lifted, what is registered from then on is called again', async () => {
    const { silence, lift } = world.persons.silencePersons;
    await silence(await idOf(3), 'do-not-contact', by);
    await lift(await idOf(3), by);
    await world.register({ ...stranger, admissionNo: 'ZY7', dischargedOn: '2026-11-02' });

    expect((await inOrder()).at(-1)?.state).toBe('open');
  });

  test('a nurse who writes while the person is silenced does not open the call again', async () => {
    const id = `satisfaction:${await idOf(3)}`;
    const calls = world.database.connection.collection('followUpCalls');
    await calls.updateOne({ _id: id as never }, { $set: { silenced: true } });

    const logged = await post(`/api/v1/follow-up-calls/${id}/attempts`, {
      attemptId: 'a3',
      disposition: 'no-answer',
      startedAt: '2026-11-03T09:29:00+08:00',
      durationSeconds: 20,
    });

    expect(logged.status).toBe(503);
    expect((await inOrder())[3]).toMatchObject({ attempts: [] });
  });
});
