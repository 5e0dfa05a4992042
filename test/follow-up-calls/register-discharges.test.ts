import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { discharge, openFollowUpWorld } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
beforeEach(async () => {
  world = await openFollowUpWorld();
});
afterEach(async () => {
  await world.database.drop();
});

describe('registering discharges', () => {
  test('stores each admission once and opens its call, however often the batch comes', async () => {
    const batch = [discharge('ZY001'), discharge('ZY002')];

    const first = await world.register(...batch);
    const second = await world.register(...batch);

    expect(first).toMatchObject({ created: 2, updated: 0, unchanged: 0, rejected: 0 });
    expect(second).toMatchObject({ created: 0, updated: 0, unchanged: 2, rejected: 0 });
    expect(second.results.map(({ callId }) => callId)).toEqual(first.results.map(({ callId }) => callId));
    expect(await world.discharges()).toHaveLength(2);
    expect(await world.calls()).toHaveLength(2);
  });

  test('creates one row when the same batch comes ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.register(discharge('ZY001'))));

    expect(answers.filter(({ created }) => created === 1)).toHaveLength(1);
    expect(await world.discharges()).toHaveLength(1);
    expect(await world.calls()).toHaveLength(1);
  });

  test('keeps the good rows, names the fields of the bad ones and repeats no value', async () => {
    const answer = await world.register(
      discharge('ZY001'),
      discharge('ZY002', { patientName: '' }),
      discharge('ZY003', { dischargedOn: '2026-02-31' }),
      discharge('ZY004', { dischargedOn: '2026-11-02' }),
      discharge('ZY005', { dischargedOn: '2025-11-02' }),
      discharge('ZY006', { departmentCode: 'nowhere' }),
      discharge('ZY001', { patientName: '别人' }),
      { admissionNo: { $gt: '' }, idCard: '1' },
      'not a row',
    );

    const faults = answer.results.map(({ errors }) =>
      errors?.map(({ pointer, code }) => `${pointer} ${code}`),
    );
    expect(answer).toMatchObject({ created: 1, rejected: 8 });
    expect(faults).toEqual([
      undefined,
      ['/discharges/1/patientName required'],
      ['/discharges/2/dischargedOn date'],
      ['/discharges/3/dischargedOn future'],
      ['/discharges/4/dischargedOn too_old'],
      ['/discharges/5/departmentCode unknown_department'],
      ['/discharges/6/admissionNo repeated'],
      expect.arrayContaining([
        '/discharges/7/admissionNo text_expected',
        '/discharges/7/patientName required',
        '/discharges/7/idCard unknown_field',
      ]),
      ['/discharges/8 unreadable'],
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/ZY00|87654321|欧阳|1381234/);
  });

  test('leaves no name, number or admission in the database in plain', async () => {
    await world.register(discharge('ZY001'));

    const raw = JSON.stringify([await world.discharges(), await world.calls()]);
    expect(raw).not.toMatch(/欧阳|娜娜|13812341234|ZY001/);
    expect(raw).toContain('心内一病区');
  });

  test('follows a correction without ever moving the period', async () => {
    await world.register(discharge('ZY001', { dischargedOn: '2026-10-31' }));

    const answer = await world.register(discharge('ZY001', { departmentCode: 'surgery' }));

    expect(answer).toMatchObject({ updated: 1 });
    const [stored] = await world.discharges();
    const [call] = await world.calls();
    const moved = { departmentCode: 'surgery', dischargedOn: '2026-11-01' };
    expect(stored).toMatchObject({ ...moved, period: '2026-10', countedOn: '2026-10-31' });
    expect(call).toMatchObject({ ...moved, period: '2026-10', dueOn: '2026-11-03', closesOn: '2026-12-01' });
    expect(call?.['nextAttemptAt']).toEqual(world.time.momentOf('2026-11-03', '09:00'));
  });

  test('opens a call that a crash left out in the stamped period, even when the day was corrected meanwhile', async () => {
    await world.register(discharge('ZY001', { dischargedOn: '2026-10-31' }));
    await world.database.connection.collection('followUpCalls').deleteMany({});

    await world.register(discharge('ZY001'));

    const opened = { period: '2026-10', countedOn: '2026-10-31', dischargedOn: '2026-11-01' };
    expect(await world.calls()).toMatchObject([opened]);
  });

  test('opens no call for a death or 自动出院, and withdraws one whose patient turns out to have died', async () => {
    const answer = await world.register(
      discharge('ZY001', { dischargeWay: 'died', patientName: '李四' }),
      discharge('ZY002', { dischargeWay: 'against-advice' }),
      discharge('ZY003', { dischargeWay: 'home' }),
    );
    expect(answer.results.map(({ callId }) => callId !== undefined)).toEqual([false, false, true]);
    expect(await world.calls()).toHaveLength(1);

    await world.register(discharge('ZY003', { dischargeWay: 'died' }));
    expect(await world.calls()).toMatchObject([{ state: 'closed', withdrawn: true }]);

    await world.register(discharge('ZY003', { dischargeWay: 'home' }));
    expect(await world.calls()).toMatchObject([{ state: 'open', withdrawn: false }]);
  });

  test('completes what a crash left between the discharge and its call, by sending again or by the reconciler', async () => {
    await world.register(discharge('ZY001'), discharge('ZY002'));
    const calls = world.database.connection.collection('followUpCalls');
    const discharges = world.database.connection.collection('discharges');

    await calls.deleteMany({});
    await world.register(discharge('ZY001'));
    expect(await world.calls()).toHaveLength(1);

    await discharges.updateMany({}, { $set: { settled: false } });
    world.goTo('2026-11-01', '19:00');
    await world.reconcile();
    expect(await world.calls()).toHaveLength(2);
    expect(await world.reconcile()).toMatchObject({ settledDischarges: 0 });
  });

  test.each([
    ['a number that cannot be dialled', { phone: '87654321' }, ['/discharges/0/phone phone']],
    ['no number at all', { phone: '' }, ['/discharges/0/phone no_phone']],
    ['a contact’s number only', { phone: undefined, contactPhone: '13987654321' }, []],
    [
      'a contact’s number that cannot be dialled',
      { contactPhone: '1' },
      ['/discharges/0/contactPhone phone'],
    ],
  ])('with %s is registered, called and counted, and its sender is told', async (_what, fields, told) => {
    const answer = await world.register(discharge('ZY001', fields));

    const [row] = answer.results;
    expect(answer).toMatchObject({ created: 1, rejected: 0 });
    expect((row?.warnings ?? []).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(told);
    expect(await world.calls()).toHaveLength(1);
  });

  test('a number that comes later completes it, and one that is left out later stays', async () => {
    await world.register(discharge('ZY001', { phone: '' }));

    const completed = await world.register(discharge('ZY001'));
    const again = await world.register(discharge('ZY001', { phone: '' }));

    expect([completed.updated, again.unchanged]).toEqual([1, 1]);
  });

  test('is audited with counts only', async () => {
    await world.register(discharge('ZY001'), discharge('ZY002', { patientName: '' }));

    expect(world.audit).toEqual([
      {
        actor: 'a-office',
        action: 'discharge.register',
        subject: 'discharges/created=1,updated=0,unchanged=0,rejected=1',
        outcome: 'succeeded',
      },
    ]);
  });
});
