import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hiddenField } from '../journeys/loop-answers.ts';
import { admissionNo, found, name, openErasureWorld, person, phone } from './erasure-world.ts';
import type { Dump, ErasureWorld, StoredDischarge } from './erasure-world.ts';

let world: ErasureWorld;

beforeAll(async () => {
  world = await openErasureWorld();
});

afterAll(() => world.end());

const wholeDatabase = async (): Promise<string> => JSON.stringify(await world.dump());

describe('erasing a person on request', () => {
  let before: string;
  let brought: readonly Dump[];
  let planted: readonly string[];
  let stays: readonly { readonly id: string }[];
  let contacts: readonly { readonly id: string }[];
  let figures: string;
  const id = randomUUID();

  test('is found under each number, with counts and a masked name, and nothing in the clear', async () => {
    await world.plant();
    const rows = (await world.service.stored('discharges')) as readonly StoredDischarge[];
    const bySearch = await world.office().post('/api/v1/erasures/search', { phone: '138-1234-1234' });
    const held = bySearch.json() as { discharges: { id: string }[]; contacts: { id: string }[] };
    stays = held.discharges;
    contacts = held.contacts;
    const hers = rows.filter(({ _id }) => stays.some((stay) => stay.id === _id));
    const calls = (await world.service.stored('followUpCalls')) as readonly {
      dischargeId: string;
      attempts: { note: string | null; fingerprint: string }[];
    }[];
    const attempts = calls
      .filter(({ dischargeId }) => stays.some((stay) => stay.id === dischargeId))
      .flatMap((call) => call.attempts);
    before = await wholeDatabase();
    const personal = new Set(['discharges', 'followUpCalls', 'surveyResponses', 'contacts', 'consents']);
    brought = (await world.dump()).filter(({ collection }) => personal.has(collection));
    figures = await world.figures();
    const consents = (await world.service.stored('consents')) as readonly { _id: string }[];
    planted = [
      name,
      phone,
      ...hers.map(({ keys }) => keys.admission),
      ...hers.flatMap(({ personKeys }) => [personKeys.phones, personKeys.persons].flat()),
      ...hers.flatMap(({ identity }) => Object.values(identity ?? {}).filter((text) => text !== null)),
      ...attempts.flatMap(({ note, fingerprint }) => [note ?? '', fingerprint]),
      ...contacts.map((contact) => contact.id),
      ...consents.map(({ _id }) => _id),
    ];

    expect(stays).toHaveLength(2);
    expect(stays).toMatchObject([
      { maskedName: '欧○○○', openCalls: 1, notes: 0 },
      { maskedName: '欧○○○', openCalls: 0, notes: 1 },
    ]);
    expect(contacts).toHaveLength(1);
    for (const search of [{ admissionNo }, { patientNo: 'P778899' }]) {
      const other = await world.office().post('/api/v1/erasures/search', search);
      expect((other.json() as typeof held).discharges).toHaveLength(1);
    }
    expect(bySearch.text).not.toMatch(/娜|13812|ZY|P7788/);
    expect(planted.length).toBeGreaterThan(16);
    expect(planted.filter((text) => text.length < 4)).toEqual([]);
    expect(found(before, planted)).toEqual(planted);
  });

  test('takes every trace from every collection, and the receipt names nobody', async () => {
    const request = {
      id,
      dischargeIds: stays.map((stay) => stay.id),
      contactIds: contacts.map((contact) => contact.id),
      askedBy: 'patient',
      reason: 'request',
    };
    const erased = await world.office().post('/api/v1/erasures', request);
    const again = await world.office().post('/api/v1/erasures', request);

    expect(erased.status).toBe(201);
    expect(erased.json()).toMatchObject({
      counts: { discharges: 2, callsClosed: 1, notes: 1, contacts: 1, texts: 1 },
      backupsGoneBy: '2026-11-24T02:00:00.000Z',
    });
    expect(again.json()).toEqual(erased.json());
    expect(found(await wholeDatabase(), planted)).toEqual([]);
    expect(found(erased.text, planted)).toEqual([]);
    const page = await world.office().get(`/office/erasure/receipts/${id}`);
    expect(page.text).toContain((erased.json() as { number: string }).number);
    expect(found(page.text, planted)).toEqual([]);
  });

  test('leaves the totals and rates of closed and open months, the answers and the audit trail as they were', async () => {
    expect(await world.figures()).toBe(figures);
    const audit = (await world.service.stored('auditEvents', { action: /^person\./ })) as readonly object[];
    expect(audit).toMatchObject([
      { action: 'person.search' },
      { action: 'person.search' },
      { action: 'person.search' },
      { action: 'person.erase', subject: `erasure/${id}`, outcome: 'attempted' },
      { action: 'person.erase', subject: `erasure/${id}`, outcome: 'succeeded' },
    ]);
    const read = (await world.service.stored('auditEvents', {
      action: 'identity.read',
    })) as readonly object[];
    expect(read.length).toBeGreaterThan(3);
    expect(found(JSON.stringify(read), planted)).toEqual([]);
    const answers = (await world.service.stored('surveyResponses', { mode: 'phone' })) as readonly object[];
    expect(answers).toHaveLength(7);
    const others = (await world.service.stored('surveyResponses', {
      comment: /同住一间/,
    })) as readonly object[];
    expect(others).toMatchObject([{ comment: '和○○○○同住一间,○○○○○○○○○○○是她的电话' }]);
  });

  test('is not undone by the HIS that sends the admission again: the row is refused and says so', async () => {
    const sent = await world.office().post('/api/v1/discharges', { discharges: [person] });

    expect(sent.json()).toMatchObject({
      rejected: 1,
      results: [{ errors: [{ pointer: '/discharges/0/admissionNo', code: 'erased' }] }],
    });
    expect(found(await wholeDatabase(), planted)).toEqual([]);
  });

  test('takes the open call off the worklist at once, whoever has it', async () => {
    const listed = await world.office().get('/api/v1/follow-up-calls?state=open');
    expect(listed.json()).toMatchObject({ total: 1 });
  });

  test('comes about again after a restore that brought the person back, and after a crash in the middle', async () => {
    const { erasePersons } = world.service.composition.persons;
    await world.withDatabase(async (connection) => {
      for (const { collection, documents } of brought)
        for (const document of documents)
          await connection
            .collection(collection)
            .replaceOne({ _id: document['_id'] as never }, document, { upsert: true });
    });
    expect(found(await wholeDatabase(), planted).length).toBeGreaterThan(10);

    expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 0, erasedAgain: 2 });
    expect(found(await wholeDatabase(), planted)).toEqual([]);
    expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 0, erasedAgain: 0 });

    const others = (await world.service.stored('discharges', {
      identity: { $ne: null },
    })) as readonly StoredDischarge[];
    const victim = others.find(({ identity }) => identity !== null);
    await world.withDatabase((connection) =>
      connection.collection('erasures').insertOne({
        _id: 'broken' as never,
        dischargeIds: [victim?._id],
        contactIds: [],
        requestedAt: new Date(world.clock.now().getTime() - 120_000),
        completedAt: null,
      }),
    );
    expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 1, erasedAgain: 0 });
    expect(await world.service.stored('discharges', { _id: victim?._id })).toMatchObject([
      { identity: null },
    ]);
    expect(await world.service.stored('erasures', { _id: 'broken' })).toMatchObject([{ dischargeIds: [] }]);
  });

  test('on the page: what was typed and ticked comes back with what is missing, and the receipt is opened at the end', async () => {
    const typed = { admissionNo: 'ZY-G-00001', patientNo: '', phone: '' };
    const shown = await world.office().submit('/office/erasure', typed);
    const chosen = {
      ...typed,
      id: hiddenField(shown.text, 'id'),
      dischargeIds: hiddenField(shown.text, 'dischargeIds'),
      act: 'erase',
      askedBy: 'relative',
    };
    const faulty = await world.office().submit('/office/erasure/person', chosen);
    const rest = { reason: 'request', understood: 'yes' };
    const silenced = await world
      .office()
      .submit('/office/erasure/person', { ...chosen, act: 'do-not-contact' });
    const erased = await world.office().submit('/office/erasure/person', { ...chosen, ...rest });

    expect(shown.text).toContain('李○');
    expect(faulty.status).toBe(422);
    expect(faulty.text).toContain('请选择谁提出以及原因');
    expect(faulty.text).toMatch(/value="relative" selected/);
    expect(faulty.text).toMatch(/name="dischargeIds" value="[\w-]+" checked/);
    expect([silenced.status, erased.status]).toEqual([303, 303]);
    expect(silenced.headers.get('location')).toBe('/office/erasure?done=silenced');
    expect((await world.office().get(erased.headers.get('location') ?? '')).text).toContain('删除回执');
    expect((await world.office().get('/admin/retention')).text).toContain('保存期限');
    expect((await world.office().get('/api/v1/retention')).json()).toMatchObject({
      kinds: expect.arrayContaining([expect.objectContaining({ kind: 'discharge-identity', days: 90 })]),
    });
  });

  test('nothing to choose, a number that is none and an unknown receipt are told in words', async () => {
    const body = {
      id: randomUUID(),
      dischargeIds: [],
      contactIds: [],
      askedBy: 'patient',
      reason: 'request',
    };
    const answers = [
      await world.office().post('/api/v1/erasures', body),
      await world.office().post('/api/v1/erasures/search', { phone: '12' }),
      await world.office().post('/api/v1/erasures/search', {}),
      await world.office().get(`/api/v1/erasures/${randomUUID()}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 404]);
    expect(answers.slice(0, 3).map((one) => (one.json() as { errors: object[] }).errors)).toMatchObject([
      [{ pointer: '/dischargeIds', code: 'erasure_empty', detail: expect.stringContaining('勾选') }],
      [{ pointer: '/phone', code: 'person_phone_unreadable' }],
      [{ pointer: '/phone', code: 'person_search_empty' }],
    ]);
  });
});
