import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { submission } from '../journeys/loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import { found, openErasureWorld } from './erasure-world.ts';
import type { ErasureWorld } from './erasure-world.ts';

let world: ErasureWorld;
const [number, name, words] = ['13712345678', '赵六六', '输液等了三个小时'];

beforeAll(async () => {
  world = await openErasureWorld();
});

afterAll(() => world.end());

test('a contact that was erased without any stay is erased again, with the words of its answer, after a restore', async () => {
  const { erasePersons, retention } = world.service.composition.persons;
  const visitor = httpClient(world.service.baseUrl);
  const left = { submissionId: randomUUID(), contact: { reachAt: number, name }, comment: words };
  const others = { submissionId: randomUUID(), contact: { reachAt: '13900009999' }, comment: '饭菜偏咸' };
  for (const given of [left, others])
    await visitor.post('/api/v1/survey-responses', { ...submission(3), ...given });
  const search = await world.office().post('/api/v1/erasures/search', { phone: number });
  const { contacts } = search.json() as { contacts: readonly { readonly id: string }[] };
  const planted = [words, ...contacts.map(({ id }) => id)];
  const personal = new Set(['contacts', 'surveyResponses']);
  const backup = (await world.dump()).filter(({ collection }) => personal.has(collection));
  expect(found(JSON.stringify(backup), planted)).toEqual(planted);

  await world.office().post('/api/v1/erasures', {
    id: randomUUID(),
    dischargeIds: [],
    contactIds: contacts.map(({ id }) => id),
    askedBy: 'patient',
    reason: 'request',
  });
  expect(found(JSON.stringify(await world.dump()), planted)).toEqual([]);
  await world.withDatabase(async (db) => {
    for (const { collection, documents } of backup)
      for (const document of documents)
        await db
          .collection(collection)
          .replaceOne({ _id: document['_id'] as never }, document, { upsert: true });
  });

  expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 0, erasedAgain: 1 });
  expect(found(JSON.stringify(await world.dump()), planted)).toEqual([]);
  expect(await world.service.stored('contacts')).toHaveLength(1);
  expect(await world.service.stored('surveyResponses', { comment: '饭菜偏咸' })).toHaveLength(1);
  expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 0, erasedAgain: 0 });
  const audit = await world.service.stored('auditEvents', { subject: 'contacts/erased-again=1' });
  expect(audit).toMatchObject([{ actor: 'system', action: 'person.erase', outcome: 'succeeded' }]);

  const marks = (await retention.forecast()).kinds.find(({ kind }) => kind === 'erased-contacts');
  expect(marks).toMatchObject({ days: 400, oldest: '2026-09-10' });
  world.clock.set('2027-10-16T02:00:00Z');
  await retention.end(world.clock.now());
  expect(await world.service.stored('erasedContacts')).toEqual([]);
});
