import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { discharge, openFollowUpWorld } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
beforeEach(async () => {
  world = await openFollowUpWorld();
  world.goTo('2026-11-05', '18:00');
});
afterEach(async () => {
  await world.database.drop();
});

const followed = (way: string, on = '2026-11-04') => ({ followUpWay: way, followedUpOn: on });
const tally = () => world.tallyCalls('2026-11', new Date('2026-12-31T00:00:00Z'));

describe('clinical follow-ups (national indicator 21)', () => {
  test('count by whatever way, an admission once, over all discharges; a satisfaction call does not count', async () => {
    await world.register(
      discharge('ZY1', followed('phone')),
      discharge('ZY2', followed('wechat')),
      discharge('ZY3', { dischargeWay: 'died', patientName: '李四' }),
      discharge('ZY4'),
    );
    await world.register(discharge('ZY1', followed('home', '2026-11-05')));

    expect(await tally()).toMatchObject([
      { departmentCode: 'cardiology', discharges: 4, calls: 3, clinicallyFollowedUp: 2 },
    ]);
  });

  test('told again are the same follow-up; told new they update the row', async () => {
    const first = await world.register(discharge('ZY1'));
    const told = await world.register(discharge('ZY1', followed('clinic')));
    const again = await world.register(discharge('ZY1', followed('clinic')));

    expect([first, told, again].map(({ results: [row] }) => row?.result)).toEqual([
      'created',
      'updated',
      'unchanged',
    ]);
  });

  test('move with a corrected department, so that they count where the discharge counts', async () => {
    await world.register(discharge('ZY1', followed('phone')));
    await world.register(discharge('ZY1', { departmentCode: 'surgery' }));

    expect(await tally()).toMatchObject([
      { departmentCode: 'surgery', discharges: 1, clinicallyFollowedUp: 1 },
    ]);
  });

  test('need way and day, a day between the discharge and today', async () => {
    const answer = await world.register(
      discharge('ZY1', { followUpWay: 'phone' }),
      discharge('ZY2', { followedUpOn: '2026-11-04' }),
      discharge('ZY3', followed('phone', '2026-10-30')),
      discharge('ZY4', followed('phone', '2026-11-06')),
      discharge('ZY5', followed('fax')),
    );

    expect(answer.results.map(({ errors }) => errors?.map(({ code }) => code))).toEqual([
      ['follow_up_incomplete'],
      ['follow_up_incomplete'],
      ['follow_up_early'],
      ['follow_up_future'],
      ['unknown_value'],
    ]);
  });
});
