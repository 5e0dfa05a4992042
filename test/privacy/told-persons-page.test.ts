import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hiddenField } from '../journeys/loop-answers.ts';
import { admissionNo, openErasureWorld, person } from './erasure-world.ts';
import type { ErasureWorld } from './erasure-world.ts';

let world: ErasureWorld;

beforeAll(async () => {
  world = await openErasureWorld();
});

afterAll(() => world.end());

test('a wish of a stay whose names have ended is not said to be done; told on the page with a number it holds', async () => {
  await world.office().post('/api/v1/discharges', { discharges: [person] });
  world.clock.set('2026-12-08T02:00:00Z');
  await world.logIn();
  await world.service.composition.persons.retention.end(world.clock.now());

  const found = await world.office().submit('/office/erasure', { admissionNo });
  const refused = await world.office().submit('/office/erasure/person', {
    admissionNo,
    id: hiddenField(found.text, 'id'),
    dischargeIds: hiddenField(found.text, 'dischargeIds'),
    act: 'do-not-contact',
  });
  const vague = await world.office().submit('/office/erasure/told', { name: '欧阳娜娜', act: 'deceased' });
  const told = await world
    .office()
    .submit('/office/erasure/told', { patientNo: 'P778899', act: 'do-not-contact' });
  const api = await world
    .office()
    .post('/api/v1/silences', { person: { phone: '13812341234' }, kind: 'deceased' });
  const both = await world
    .office()
    .post('/api/v1/silences', { person: {}, dischargeId: 'x', kind: 'deceased' });

  expect(refused.status).toBe(422);
  expect(refused.text).toContain('凭它认不出本人，对它没有登记');
  expect([vague.status, vague.text.includes('凭这些内容认不出本人')]).toEqual([422, true]);
  expect(vague.text).toContain('value="欧阳娜娜"');
  expect(told.headers.get('location')).toBe('/office/erasure?done=silenced');
  expect([api.status, both.status]).toEqual([409, 400]);
  expect(await world.service.stored('silences')).toHaveLength(1);
  const audit = await world.service.stored('auditEvents', { action: /^person\.silence/ });
  expect(audit).toMatchObject([{ action: 'person.silence', subject: 'person/as-told' }]);
  expect(JSON.stringify(audit)).not.toMatch(/P778899|欧阳|1381234/);
});
