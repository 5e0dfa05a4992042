import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { forbids, standingConsent } from '../../src/consents/consent.ts';
import type { ConsentEntry } from '../../src/consents/consent.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
let ownCall = '';
const wang = nurseOf('wang', 'cardiology');
const first = { patientNo: 'P1', visitNo: 1 };

beforeEach(async () => {
  world = await openFollowUpWorld();
  const { results } = await world.register(
    discharge('ZY001', first),
    discharge('ZY009', { patientName: '李四', phone: '13900000009' }),
  );
  ownCall = results[0]?.callId ?? '';
  world.goTo('2026-11-03', '09:30');
});
afterEach(async () => {
  await world.database.drop();
});

const app = () => createTestApp({ renderPage, routes: [...world.routes, ...world.pages], principal: wang });
const calls = async () => {
  const listed = await request(app()).get('/api/v1/follow-up-calls?state=open');
  return (listed.body as { calls: { id: string; dischargeId?: string }[] }).calls.map(({ id }) => id);
};
const dischargeOf = (callId: string): string => callId.replace(/^satisfaction:/, '');
const attempt = (callId: string, changes: object = {}) =>
  request(app())
    .post(`/api/v1/follow-up-calls/${callId}/attempts`)
    .set('x-csrf-token', testCsrfToken)
    .send({
      attemptId: 'attempt-1',
      disposition: 'refusal-patient',
      startedAt: '2026-11-03T09:29:00+08:00',
      durationSeconds: 40,
      ...changes,
    });
const record = (dischargeId: string, changes: object = {}) =>
  request(app())
    .post(`/api/v1/discharges/${dischargeId}/consents`)
    .set('x-csrf-token', testCsrfToken)
    .send({
      consentId: '11111111-1111-4111-8111-111111111111',
      purpose: 'satisfaction-call',
      state: 'refused',
      channel: 'office',
      ...changes,
    });
const rows = () => world.database.connection.collection('consents').find().toArray();
const readmit = (changes: object = {}) =>
  world.register(discharge('ZY002', { patientNo: 'P1', visitNo: 2, dischargedOn: '2026-11-02', ...changes }));

const entry = (
  state: ConsentEntry['state'],
  at: string,
  changes: Partial<ConsentEntry> = {},
): ConsentEntry => ({
  id: at,
  keys: ['k'],
  purpose: 'satisfaction-call',
  state,
  channel: 'phone',
  noticeVersion: null,
  at: new Date(at),
  recordedBy: 'a',
  ...changes,
});

describe('what stands for a purpose', () => {
  test('is what was said last, whatever the order it is read in', () => {
    const said = [
      entry('withdrawn', '2026-11-03'),
      entry('granted', '2026-11-01'),
      entry('refused', '2026-10-01'),
    ];

    expect(standingConsent(said, 'satisfaction-call')).toBe('withdrawn');
    expect(standingConsent(said.toReversed(), 'satisfaction-call')).toBe('withdrawn');
  });

  test('of one purpose says nothing of another, and nothing said forbids nothing', () => {
    const said = [entry('refused', '2026-11-01')];

    expect(forbids(said, 'satisfaction-call')).toBe(true);
    expect(forbids(said, 'clinical-follow-up')).toBe(false);
    expect(forbids([], 'satisfaction-call')).toBe(false);
    expect(forbids([...said, entry('granted', '2026-11-02')], 'satisfaction-call')).toBe(false);
  });
});

describe('a patient who wants no more satisfaction calls', () => {
  test('is not called after a later stay; somebody else is', async () => {
    const callId = ownCall;
    expect((await attempt(callId, { noFurtherCalls: true })).status).toBe(201);
    await readmit();
    await readmit({ admissionNo: 'ZY010', patientNo: 'P7', patientName: '王五', phone: '13900000007' });

    expect(await calls()).toHaveLength(2);
    const [stored] = await rows();
    expect(stored).toMatchObject({
      purpose: 'satisfaction-call',
      state: 'refused',
      channel: 'phone',
      recordedBy: wang.accountId,
    });
  });

  test('a refusal of this call alone is no wish for the future', async () => {
    await attempt(ownCall);
    await readmit();

    expect(await rows()).toEqual([]);
    expect(await calls()).toHaveLength(2);
  });

  test('the attempt sent again adds no second entry, and completes a ledger that a crash left empty', async () => {
    const callId = ownCall;
    await attempt(callId, { noFurtherCalls: true });
    await world.database.connection.collection('consents').deleteMany({});

    expect((await attempt(callId, { noFurtherCalls: true })).status).toBe(200);
    expect((await attempt(callId, { noFurtherCalls: true })).status).toBe(200);
    expect(await rows()).toHaveLength(1);
  });

  test('the ledger holds no name, number or admission in plain', async () => {
    await attempt(ownCall, { noFurtherCalls: true });

    expect(JSON.stringify(await rows())).not.toMatch(/欧阳|138 ?1234 ?1234|ZY001|"P1"/);
  });
});

describe('the office', () => {
  test('records a refusal: the open call leaves the worklist at once and counts as a refusal, not as somebody never reached', async () => {
    const callId = ownCall;
    const answer = await record(dischargeOf(callId));

    expect(answer.status).toBe(200);
    expect(await calls()).not.toContain(callId);
    const [tally] = await world.tallyCalls('2026-11', new Date('2026-12-01T00:00:00Z'));
    expect(tally).toMatchObject({ calls: 2, classes: { R: 1, NC: 1 } });
    const [before] = await world.tallyCalls('2026-11', new Date('2026-11-03T00:00:00Z'));
    expect(before).toMatchObject({ classes: { R: 0, NC: 2 } });
  });

  test('a refusal of the clinical follow-up silences no satisfaction call', async () => {
    await record(dischargeOf(ownCall), { purpose: 'clinical-follow-up' });

    expect(await calls()).toHaveLength(2);
  });

  test('records a change of mind: later stays are called again, and the history keeps both', async () => {
    const dischargeId = dischargeOf(ownCall);
    await record(dischargeId);
    world.goTo('2026-11-03', '09:31');
    await record(dischargeId, { consentId: '22222222-2222-4222-8222-222222222222', state: 'granted' });
    await readmit();
    const answer = await request(app()).get(`/api/v1/discharges/${dischargeId}/consents`);

    expect(answer.body).toMatchObject({
      standing: { 'satisfaction-call': 'granted', 'clinical-follow-up': null },
      history: [{ state: 'refused' }, { state: 'granted' }],
    });
    expect(await calls()).toHaveLength(2);
  });

  test('the same consentId again changes nothing', async () => {
    const dischargeId = dischargeOf(ownCall);
    await record(dischargeId);
    await record(dischargeId);

    expect(await rows()).toHaveLength(1);
  });

  test('says 404 of a discharge that is not there', async () => {
    expect((await record('a'.repeat(64))).status).toBe(404);
  });
});
