import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { addDays } from '../../src/shared/reporting-period.ts';
import type { RetainedKindCode } from '../../src/privacy/retention.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;

beforeEach(async () => {
  world = await openFollowUpWorld();
  await world.register(discharge('ZY1'), discharge('ZY2', { dischargedOn: '2026-10-31' }));
  world.goTo('2026-11-03', '09:30');
  const [first] = await world.discharges();
  const logged = await request(
    createTestApp({ renderPage, routes: world.routes, principal: nurseOf('wang', 'cardiology') }),
  )
    .post(`/api/v1/follow-up-calls/satisfaction:${String(first?.['_id'])}/attempts`)
    .set('x-csrf-token', testCsrfToken)
    .send({
      attemptId: 'a1',
      disposition: 'refusal-patient',
      startedAt: '2026-11-03T09:29:00+08:00',
      durationSeconds: 40,
      note: '不愿回答',
    });
  if (logged.status !== 201) throw new Error(logged.text);
});
afterEach(() => world.database.drop());

const at = (today: string): { now: Date; today: string } => ({ now: new Date(`${today}T19:30:00Z`), today });

const kind = (code: RetainedKindCode): FollowUpWorld['persons']['retained'][number] => {
  const found = world.persons.retained.find((one) => one.kind === code);
  if (!found) throw new Error(code);
  return found;
};

const figures = async (): Promise<string> => {
  const cutoffAt = new Date('2026-12-14T00:00:00Z');
  return JSON.stringify([
    await world.tallyCalls('2026-10', cutoffAt),
    await world.tallyCalls('2026-11', cutoffAt),
  ]);
};

describe('the end of what identifies', () => {
  test('identities end the day after their days are over, no sooner, and the forecast says so before', async () => {
    const identities = kind('discharge-identity');
    const lastDay = addDays('2026-10-31', 90);

    expect(await identities.oldest()).toBe('2026-10-31');
    expect([await identities.due(at(lastDay)), await identities.end(at(lastDay))]).toEqual([0, 0]);
    const next = addDays(lastDay, 1);
    expect([await identities.due(at(next)), await identities.end(at(next))]).toEqual([1, 1]);
    expect(await identities.end(at(next))).toBe(0);
    expect(await world.discharges()).toMatchObject([
      { dischargedOn: '2026-11-01', identity: { contactPhone: null } },
      { dischargedOn: '2026-10-31', identity: null, personKeys: { phones: [], persons: [] } },
    ]);
  });

  test('no total and no rate changes when everything has ended', async () => {
    const before = await figures();
    const far = at('2027-12-01');

    for (const one of world.persons.retained) await one.end(far);

    expect(await figures()).toBe(before);
    const [first] = await world.discharges();
    expect(first).toMatchObject({ identity: null, keys: { admission: null, visit: null } });
    const calls = (await world.calls()) as unknown as { attempts: object[] }[];
    expect(calls.flatMap(({ attempts }) => attempts)).toMatchObject([
      { note: null, fingerprint: '', disposition: 'refusal-patient' },
    ]);
    expect(await Promise.all(world.persons.retained.map((one) => one.due(far)))).toEqual([0, 0, 0, 0]);
  });

  test('a correction sent after the identity has ended is taken without bringing it back', async () => {
    await kind('discharge-identity').end(at('2027-02-10'));
    world.goTo('2027-02-10', '10:00');
    const sent = await world.register(discharge('ZY1', { departmentCode: 'surgery' }));
    const again = await world.register(discharge('ZY1', { departmentCode: 'surgery' }));

    expect([sent, again]).toMatchObject([{ updated: 1 }, { unchanged: 1 }]);
    expect(await world.discharges()).toHaveLength(2);
    expect((await world.discharges())[0]).toMatchObject({ departmentCode: 'surgery', identity: null });
  });

  test('a correction that was read before an identity ended does not bring it back when it is written', async () => {
    const collection = world.database.connection.collection('discharges');
    const [first] = await world.discharges();
    const update = collection.bulkWrite.bind(collection);
    collection.bulkWrite = async (...args: Parameters<typeof update>) => {
      await collection.updateOne({ _id: first?.['_id'] as never }, { $set: { identity: null } });
      return update(...args);
    };

    await world.register(discharge('ZY1', { phone: '13900009999' }));

    expect((await world.discharges())[0]).toMatchObject({ identity: null });
  });
});
