import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { openRedFlagWorld } from './red-flag-world.ts';
import type { ListedFlag, RedFlagPeople, RedFlagWorld } from './red-flag-world.ts';

const clock = movingClock('2026-11-10T02:00:00Z');
const minute = 60_000;
let world: RedFlagWorld;
let people: RedFlagPeople;

beforeAll(async () => {
  world = await openRedFlagWorld(clock);
  people = await world.logInAll();
}, 60_000);

afterAll(() => world.service.stop());

const logInAll = async (): Promise<void> => {
  people = await world.logInAll();
};
const raise = async (departmentCode = 'surgery'): Promise<string> => world.raise(people, departmentCode);
const flagsOf = async (client: HttpClient): Promise<readonly ListedFlag[]> =>
  ((await client.get('/api/v1/red-flags')).json() as { redFlags: ListedFlag[] }).redFlags;
const seenBy = async (client: HttpClient, flag: string): Promise<ListedFlag | undefined> =>
  (await flagsOf(client)).find(({ callId, attemptId }) => `/red-flags/${callId}/${attemptId}` === flag);
const api = (flag: string): string => `/api/v1${flag}`;
/** The address as a page writes it. */
const encoded = (flag: string): string => flag.replace(':', '%3A');
const codeOf = (answer: { json: () => unknown }): string => (answer.json() as { code: string }).code;

describe('red flags', () => {
  test('each is seen by whom it concerns, of their departments only, without name, number or note', async () => {
    const surgery = await raise('surgery');
    const obstetrics = await raise('obstetrics');

    const found = {
      doctor: [await seenBy(people.doctor, surgery), await seenBy(people.doctor, obstetrics)],
      surgeon: [await seenBy(people.surgeon, surgery), await seenBy(people.surgeon, obstetrics)],
      supervisor: [await seenBy(people.supervisor, surgery), await seenBy(people.supervisor, obstetrics)],
    };
    const page = await people.doctor.get('/red-flags');

    const states = Object.entries(found).map(([who, flags]) => [who, flags.map((flag) => flag?.state)]);
    expect(Object.fromEntries(states)).toEqual({
      doctor: ['open', 'open'],
      surgeon: ['open', undefined],
      supervisor: [undefined, 'open'],
    });
    expect(page.text).toContain('nurse甲');
    expect(page.text + JSON.stringify(found)).not.toMatch(/李秀兰|13800138001|出血/);
    expect((await people.surgeon.post(`${api(obstetrics)}/take`, {})).status).toBe(404);
  });

  test('a supervisor of all who is duty doctor of one department sees all and handles only those of that one', async () => {
    const surgery = await raise('surgery');
    const obstetrics = await raise('obstetrics');
    const { both } = people;

    const seen = [await seenBy(both, surgery), await seenBy(both, obstetrics)].map((flag) => flag?.state);
    const page = await both.get('/red-flags');
    const elsewhere = [
      await both.post(`${api(obstetrics)}/take`, {}),
      await both.get(`${api(obstetrics)}/patient`),
      await both.post(`${api(obstetrics)}/settle`, { outcome: 'advised' }),
      await both.submit(`${obstetrics}/take`, {}),
      await both.get(obstetrics),
      await both.submit(`${obstetrics}/settle`, { outcome: 'advised' }),
    ];
    const own = [
      await both.post(`${api(surgery)}/take`, {}),
      await both.get(`${api(surgery)}/patient`),
      await both.post(`${api(surgery)}/settle`, { outcome: 'advised' }),
    ];

    expect(seen).toEqual(['open', 'open']);
    expect(page.text).toContain(`${encoded(surgery)}/take`);
    expect(page.text).not.toContain(`${encoded(obstetrics)}/take`);
    expect(elsewhere.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(own.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await seenBy(people.doctor, obstetrics)).toMatchObject({ state: 'open', takenByName: null });
  });

  test('name, number and note are shown to the doctor who has it and to nobody else, and each reading is audited', async () => {
    const flag = await raise();
    const before = await people.doctor.get(`${api(flag)}/patient`);
    await people.doctor.post(`${api(flag)}/take`, {});

    const page = await people.doctor.get(flag);
    const number = await people.doctor.get(`${api(flag)}/patient`);
    const others = await people.second.get(`${api(flag)}/patient`);
    await people.doctor.post(`${api(flag)}/settle`, { outcome: 'advised' });
    const afterwards = await people.doctor.get(`${api(flag)}/patient`);

    expect([before.status, others.status, afterwards.status]).toEqual([409, 409, 409]);
    expect(page.text).toMatch(/李秀兰[^]*13800138001/);
    expect(page.text).toContain('家属说伤口出血不止');
    expect(number.json()).toMatchObject({ patientName: '李秀兰', phone: '13800138001' });
    const [, , callId = ''] = flag.split('/');
    const trail = await world.service.stored('auditEvents', { subject: `follow-up-call/${callId}` });
    const actions = (trail as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual([
      'follow-up-call.claim',
      'follow-up-call.attempt',
      'red-flag.take',
      'identity.read',
      'identity.read',
      'red-flag.settle',
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/李秀兰|13800138001|出血/);
  });

  test('taking on and settling twice is once; of two doctors at once one has it', async () => {
    const flag = await raise();
    const takes = await Promise.all([
      people.doctor.post(`${api(flag)}/take`, {}),
      people.doctor.post(`${api(flag)}/take`, {}),
      people.second.post(`${api(flag)}/take`, {}),
    ]);
    const holder =
      (await seenBy(people.doctor, flag))?.takenByName === 'doctor甲' ? people.doctor : people.second;
    const settles = [
      await holder.post(`${api(flag)}/settle`, { outcome: 'admitted' }),
      await holder.post(`${api(flag)}/settle`, { outcome: 'admitted' }),
      await holder.post(`${api(flag)}/settle`, { outcome: 'no-action' }),
    ];

    const statuses = takes.map(({ status }) => status).toSorted((a, b) => a - b);
    expect([
      [200, 200, 409],
      [200, 409, 409],
    ]).toContainEqual(statuses);
    expect(settles.map(({ status }) => status)).toEqual([200, 200, 409]);
    expect(await seenBy(people.doctor, flag)).toMatchObject({ state: 'settled', outcome: 'admitted' });
  });

  test('the next doctor takes it over by naming who has it; the first can then do no more', async () => {
    const flag = await raise();
    const taken = await people.doctor.post(`${api(flag)}/take`, {});
    const { takenBy } = taken.json() as { takenBy: string };

    const unnamed = await people.second.post(`${api(flag)}/take`, {});
    const over = await people.second.post(`${api(flag)}/take`, { from: takenBy });
    const late = await people.doctor.post(`${api(flag)}/settle`, { outcome: 'advised' });

    expect([unnamed.status, codeOf(unnamed), over.status]).toEqual([409, 'red_flag_taken', 200]);
    expect([late.status, codeOf(late)]).toEqual([409, 'red_flag_not_yours']);
  });

  test('of a person who was erased can be closed all the same, by page and API, with nobody to call', async () => {
    const flag = await raise();
    const [, , callId = ''] = flag.split('/');
    await people.doctor.post(`${api(flag)}/take`, {});
    await people.office.post('/api/v1/erasures', {
      id: randomUUID(),
      askedBy: 'patient',
      reason: 'request',
      dischargeIds: [decodeURIComponent(callId).replace('satisfaction:', '')],
    });

    const page = await people.doctor.get(`${flag}?lang=en`);
    const patient = await people.doctor.get(`${api(flag)}/patient`);
    const settled = await people.doctor.post(`${api(flag)}/settle`, { outcome: 'no-action' });

    expect([page.status, page.text.includes('have been erased')]).toEqual([200, true]);
    expect(page.text).not.toContain('tel:');
    expect([patient.status, codeOf(patient)]).toEqual([404, 'red_flag_patient_gone']);
    expect(settled.status).toBe(200);
  });

  test('what a doctor does stays when the nurse logs another attempt', async () => {
    const flag = await raise();
    await people.doctor.post(`${api(flag)}/take`, {});
    clock.advance(24 * 60 * minute);
    await logInAll();
    const [, , callId = ''] = flag.split('/');
    await people.nurse.post(`/api/v1/follow-up-calls/${callId}/claim`);
    const again = await people.nurse.post(`/api/v1/follow-up-calls/${callId}/attempts`, {
      attemptId: randomUUID(),
      disposition: 'no-answer',
      startedAt: clock.now().toISOString(),
      durationSeconds: 20,
    });

    expect(again.status).toBe(201);
    expect(await seenBy(people.doctor, flag)).toMatchObject({ state: 'taken', takenByName: 'doctor甲' });
  });

  test('one that is not dealt with stays in the list however old; one that is leaves it after 30 days; open ones come first', async () => {
    const settled = await raise();
    await people.doctor.post(`${api(settled)}/take`, {});
    await people.doctor.post(`${api(settled)}/settle`, { outcome: 'referred' });
    const open = await raise();
    const order = (await flagsOf(people.doctor)).map(({ state }) => state);
    clock.advance(31 * 24 * 60 * minute);
    await logInAll();

    expect(order).toEqual(order.toSorted((a, b) => 'ots'.indexOf(a[0] ?? '') - 'ots'.indexOf(b[0] ?? '')));
    expect(await seenBy(people.doctor, settled)).toBeUndefined();
    expect(await seenBy(people.doctor, open)).toMatchObject({ state: 'open' });
  });
});
