import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
const by = { actor: 'a-office' };
const hers = { patientNo: 'P1', visitNo: 1 };
const nextStay = { patientNo: 'P1', visitNo: 2, dischargedOn: '2027-03-01' };

beforeEach(async () => {
  world = await openFollowUpWorld();
});
afterEach(() => world.database.drop());

/** Day 91: nothing of the stay says who it was. */
async function afterTheIdentityEnded(): Promise<string> {
  await world.register(discharge('ZY1', hers));
  world.goTo('2027-03-01', '09:30');
  const moment = { today: '2027-03-01', now: world.time.momentOf('2027-03-01', '03:00') };
  await world.persons.retained.find(({ kind }) => kind === 'discharge-identity')?.end(moment);
  return String((await world.discharges())[0]?.['_id']);
}

const stored = (name: string): Promise<readonly object[]> =>
  world.database.connection.collection(name).find({}).toArray();
const openCalls = async (): Promise<number> =>
  (await world.calls()).filter(({ state }) => state === 'open').length;
const post = (path: string, body: object): request.Test =>
  request(
    createTestApp({
      renderPage,
      routes: [...world.routes, ...world.pages],
      principal: nurseOf('li', 'surgery'),
    }),
  )
    .post(path)
    .set('x-csrf-token', testCsrfToken)
    .send(body);
const submit = (path: string, fields: object): request.Test =>
  post(path, { _csrf: testCsrfToken, ...fields }).type('form');
const consent = { purpose: 'satisfaction-call', state: 'refused', channel: 'phone' } as const;

describe('a stay that no longer says who it was', () => {
  test('silences nobody and lifts nothing: it is refused, and no audit entry says that it was done', async () => {
    const stay = await afterTheIdentityEnded();
    const { silence, lift } = world.persons.silencePersons;

    for (const kind of ['deceased', 'do-not-contact'] as const)
      await expect(silence(stay, kind, by)).rejects.toMatchObject({ kind: 'conflict', code: 'person_gone' });
    await expect(lift(stay, by)).rejects.toMatchObject({ code: 'person_gone' });

    expect(await stored('silences')).toEqual([]);
    expect(world.audit.filter(({ action }) => action.startsWith('person.'))).toEqual([]);
  });

  test('takes no refusal: it is refused, and the ledger gets no entry that nobody ever finds', async () => {
    const stay = await afterTheIdentityEnded();

    const answer = await post(`/api/v1/discharges/${stay}/consents`, { consentId: randomUUID(), ...consent });

    expect([answer.status, (answer.body as { code: string }).code]).toEqual([409, 'person_gone']);
    expect(await stored('consents')).toEqual([]);
    expect(world.audit.filter(({ action }) => action.startsWith('consent.'))).toEqual([]);
  });
});

describe('whoever tells of himself, without a stay that is known', () => {
  test.each([
    ['the patient number', { patientNo: ' P1 ' }],
    ['telephone and name', { phone: '+86 138-1234-1234', name: '欧阳娜娜' }],
  ])('is not called after a later stay, known by %s', async (_what, given) => {
    await world.persons.silenceGiven.silence(given, 'do-not-contact', by);
    await world.persons.silenceGiven.silence(given, 'deceased', by);
    world.goTo('2027-03-01', '18:00');
    await world.register(
      discharge('ZY2', nextStay),
      discharge('ZY3', { patientName: '李四', phone: '13911112222' }),
    );

    expect(await openCalls()).toBe(1);
  });

  test('closes the open calls of the stays that are known, of this person only; a rehearsal closes none in earnest', async () => {
    await world.register(
      discharge('ZY1', hers),
      discharge('ZY2', { patientName: '王建国' }),
      discharge('ZY3', { patientName: '李四', phone: '13911112222' }),
    );
    world.setTrial(true);
    await world.persons.silenceGiven.silence({ patientNo: 'P1' }, 'deceased', by);
    expect(await openCalls()).toBe(3);
    world.setTrial(false);

    await world.persons.silenceGiven.silence({ patientNo: 'P1' }, 'deceased', by);
    expect(await openCalls()).toBe(2);
    await world.persons.silenceGiven.silence({ phone: '13911112222' }, 'do-not-contact', by);
    expect(await openCalls()).toBe(1);
  });

  test('is told apart from a family: a death or a refusal on the telephone number alone is refused', async () => {
    const { silence } = world.persons.silenceGiven;
    const unknown = { kind: 'conflict', code: 'person_unknown' };

    await expect(silence({ phone: '13812341234' }, 'deceased', by)).rejects.toMatchObject(unknown);
    await expect(silence({ name: '欧阳娜娜' }, 'do-not-contact', by)).rejects.toMatchObject(unknown);
    await expect(silence({ phone: '12', name: '欧阳娜娜' }, 'deceased', by)).rejects.toMatchObject({
      code: 'person_phone_unreadable',
    });
    const refused = await post('/api/v1/consents', {
      consentId: randomUUID(),
      ...consent,
      person: { phone: '13812341234' },
    });

    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'person_unknown']);
    expect([await stored('silences'), await stored('consents')]).toEqual([[], []]);
  });

  test('is called again when the silence is lifted in the same way', async () => {
    await world.persons.silenceGiven.silence({ patientNo: 'P1' }, 'do-not-contact', by);
    await world.persons.silenceGiven.lift({ patientNo: 'P1' }, by);
    await world.register(discharge('ZY1', hers));

    expect(await openCalls()).toBe(1);
  });

  test('refuses by the API and takes it back on the page, where it is shown; nothing of it stands in the audit or in plain', async () => {
    const person = { phone: '138 1234 1234', name: '欧阳娜娜' };
    const refused = await post('/api/v1/consents', { consentId: randomUUID(), ...consent, person });
    await world.register(discharge('ZY1'));
    const closed = await openCalls();
    world.goTo('2026-11-01', '19:00');

    const page = await submit('/office/consents/told?lang=zh-Hans', {
      ...person,
      consentId: randomUUID(),
      ...consent,
      state: 'granted',
    });
    const faulty = await submit('/office/consents/told?lang=zh-Hans', {
      phone: person.phone,
      consentId: randomUUID(),
      ...consent,
    });
    await world.register(discharge('ZY2'));

    expect(refused.body).toMatchObject({ standing: { 'satisfaction-call': 'refused' }, history: [{}] });
    expect([closed, await openCalls()]).toEqual([0, 1]);
    expect(page.text).toContain('已记下，现在生效');
    expect(page.text).toContain('<strong>同意</strong>');
    expect([faulty.status, faulty.text.includes('凭这些内容认不出本人')]).toEqual([422, true]);
    const entries = world.audit.filter(({ action }) => action.startsWith('consent.'));
    expect(entries.map(({ subject }) => subject)).toEqual(['person/as-told', 'person/as-told']);
    expect(JSON.stringify([entries, await stored('consents')])).not.toMatch(/欧阳|138 ?1234 ?1234/);
  });
});

test('a call that a restore brought back open, although its person refuses such calls, is closed as a refusal', async () => {
  await world.register(discharge('ZY1', hers), discharge('ZY2', { patientName: '王建国' }));
  const calls = world.database.connection.collection('followUpCalls');
  const backup = await calls.find({}).toArray();
  await post('/api/v1/consents', { consentId: randomUUID(), ...consent, person: { patientNo: 'P1' } });
  for (const call of backup) await calls.replaceOne({ _id: call._id }, call);
  expect(await openCalls()).toBe(2);

  await world.reconcile();

  expect(await openCalls()).toBe(1);
  const [tally] = await world.tallyCalls('2026-11', new Date('2026-12-01T00:00:00Z'));
  expect(tally).toMatchObject({ calls: 2, classes: { R: 1, NC: 1 } });
});
