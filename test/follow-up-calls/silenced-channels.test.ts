import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { submission } from '../journeys/loop-answers.ts';
import { name, openErasureWorld, person, phone } from '../privacy/erasure-world.ts';
import type { ErasureWorld } from '../privacy/erasure-world.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { adminPassword } from '../support/test-service.ts';

let world: ErasureWorld;
let doctor: HttpClient;

beforeAll(async () => {
  world = await openErasureWorld();
  const admin = httpClient(world.service.baseUrl);
  await admin.logIn('admin', adminPassword);
  const made = await admin.post('/api/v1/accounts', {
    username: 'doctor',
    displayName: '值班医生',
    roles: [{ role: 'duty-doctor', departments: 'all' }],
  });
  doctor = httpClient(world.service.baseUrl);
  await doctor.logIn('doctor', (made.json() as { oneTimePassword: string }).oneTimePassword);
});

afterAll(() => world.end());

const silence = async (body: object): Promise<void> => {
  const answer = await world.office().post('/api/v1/silences', body);
  if (answer.status !== 204) throw new Error(answer.text);
};

/** A caller hears of an emergency, and the doctor takes it on; gives the stay and the address of the red flag. */
async function raise(changes: object): Promise<{ readonly dischargeId: string; readonly flag: string }> {
  const sent = await world.office().post('/api/v1/discharges', { discharges: [{ ...person, ...changes }] });
  const [{ callId = '' } = {}] = (sent.json() as { results: { callId?: string }[] }).results;
  const path = `/api/v1/follow-up-calls/${callId}`;
  await world.office().post(`${path}/claim`);
  const attemptId = randomUUID();
  await world.office().post(`${path}/attempts`, {
    attemptId,
    disposition: 'patient-absent',
    startedAt: world.clock.now().toISOString(),
    durationSeconds: 30,
    note: '家属说伤口出血不止',
    redFlag: true,
  });
  const flag = `/red-flags/${callId}/${attemptId}`;
  await doctor.post(`/api/v1${flag}/take`, {});
  return { flag, dischargeId: callId.replace('satisfaction:', '') };
}

const listedSilence = async (flag: string): Promise<string | null | undefined> => {
  const { redFlags } = (await doctor.get('/api/v1/red-flags')).json() as {
    redFlags: { callId: string; silence: string | null }[];
  };
  return redFlags.find(({ callId }) => flag.includes(callId))?.silence;
};

describe('the red flag of somebody', () => {
  test('who wishes no contact shows whom to call all the same, with a plain warning: the doctor judges', async () => {
    const { flag, dischargeId } = await raise({});
    const before = await doctor.get(flag);
    await silence({ dischargeId, kind: 'do-not-contact' });

    const page = await doctor.get(flag);
    const patient = await doctor.get(`/api/v1${flag}/patient`);
    const list = await doctor.get('/red-flags');

    expect(before.text).not.toContain('不愿再联系');
    expect(page.text).toMatch(/本人不愿再联系。是否因病情紧急仍须联系，由医生判断[^]*tel:13812341234/);
    expect(patient.json()).toMatchObject({ phone, silence: 'do-not-contact' });
    expect(list.text).toContain('本人不愿再联系');
    expect(await listedSilence(flag)).toBe('do-not-contact');
  });

  test('who has died shows neither name nor number, says why, and can be closed', async () => {
    const someone = { admissionNo: 'ZY-D', patientNo: 'P9', patientName: '王建国', phone: '13700001111' };
    const { flag, dischargeId } = await raise(someone);
    await silence({ dischargeId, kind: 'deceased' });

    const page = await doctor.get(flag);
    const patient = await doctor.get(`/api/v1${flag}/patient`);
    const listed = await listedSilence(flag);
    const settled = await doctor.post(`/api/v1${flag}/settle`, { outcome: 'no-action' });

    expect(page.text).toContain('患者已登记去世，不显示姓名和电话，请不要回电');
    expect(page.text).not.toMatch(/王建国|13700001111|tel:/);
    expect([patient.status, (patient.json() as { code: string }).code]).toEqual([
      409,
      'red_flag_patient_deceased',
    ]);
    expect(patient.text).not.toMatch(/王建国|13700001111/);
    expect([listed, settled.status]).toEqual(['deceased', 200]);
  });
});

/** A patient leaves a contact, the only one; gives its page. */
async function leave(contact: object): Promise<string> {
  const given = { ...submission(3), submissionId: randomUUID(), contact, comment: '请回电' };
  await world.withDatabase((db) => db.collection('contacts').deleteMany({}));
  const sent = await httpClient(world.service.baseUrl).post('/api/v1/survey-responses', given);
  if (sent.status !== 201) throw new Error(sent.text);
  const [row] = (await world.service.stored('contacts')) as readonly { readonly _id: string }[];
  return `/office/contacts/${row?._id ?? ''}`;
}

describe('a contact left with an answer', () => {
  test('of a number nobody is to call shows it with a warning, of other numbers and of WeChat names without', async () => {
    await silence({ person: { phone: '13600001111' }, kind: 'do-not-contact' });

    const warned = await world.office().get(await leave({ reachAt: '136 0000 1111' }));
    const other = await world.office().get(await leave({ reachAt: '13600002222' }));
    const weChat = await world.office().get(await leave({ reachAt: 'weixin-abc', name }));

    expect(warned.text).toMatch(/这个号码的主人不愿再联系[^]*136 0000 1111/);
    expect(other.text).toContain('13600002222');
    expect(weChat.text).toContain('weixin-abc');
    expect(other.text + weChat.text).not.toContain('notice-warn');
  });

  test('of somebody who has died shows no number, says why, and can be marked as handled', async () => {
    const dead = { name: '孙小红', phone: '13600003333' };
    await silence({ person: dead, kind: 'deceased' });

    const path = await leave({ reachAt: dead.phone, name: dead.name });
    const opened = await world.office().get(path);
    const family = await world.office().get(await leave({ reachAt: dead.phone, name: '孙大明' }));
    const handled = await world
      .office()
      .submit(`${await leave({ reachAt: dead.phone, name: dead.name })}/handled`, {});

    expect(opened.text).toContain('已登记：患者去世。不显示电话');
    expect(opened.text).not.toMatch(/13600003333|孙小红/);
    expect(family.text).toContain('13600003333');
    expect(handled.status).toBe(303);
  });
});
