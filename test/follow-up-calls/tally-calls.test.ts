import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCallCounter } from '../../src/follow-up-calls/call-tally.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { discharge, openFollowUpWorld } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

const time = createHospitalTime('Asia/Shanghai');
const none = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0 };
const cutoff = time.momentOf('2026-12-14', '00:00');
const attempt = (
  disposition: 'complete' | 'no-answer' | 'bad-number',
  on: string,
): { disposition: 'complete' | 'no-answer' | 'bad-number'; startedAt: Date; recordedAt: Date } => {
  return { disposition, startedAt: time.momentOf(on, '10:00'), recordedAt: time.momentOf(on, '10:05') };
};

describe('counting a month of calls', () => {
  test('looks only at what was recorded before the cut-off, and counts an untried call as non-contact', () => {
    const counter = createCallCounter(cutoff, time);
    const call = { departmentCode: 'cardiology', purpose: 'satisfaction' as const };
    counter.add({ ...call, dischargeId: 'a', attempts: [attempt('complete', '2026-11-05')] });
    counter.add({
      ...call,
      dischargeId: 'b',
      attempts: [attempt('no-answer', '2026-12-13'), attempt('complete', '2026-12-14')],
    });
    counter.add({ ...call, dischargeId: 'c', attempts: [] });
    counter.add({ ...call, dischargeId: 'd', attempts: [attempt('bad-number', '2026-11-05')] });

    const [tally] = counter.result('2026-11', new Map([['cardiology', 5]]));

    expect(tally).toEqual({
      departmentCode: 'cardiology',
      period: '2026-11',
      discharges: 5,
      calls: 4,
      attempted: 3,
      classes: { ...none, I: 1, NC: 3 },
      clinicallyFollowedUp: 0,
    });
  });

  test('counts an admission followed up twice for its treatment once, and a satisfaction call not at all', () => {
    const counter = createCallCounter(cutoff, time);
    const clinical = { departmentCode: 'cardiology', purpose: 'clinical' as const, dischargeId: 'a' };
    counter.add({ ...clinical, attempts: [attempt('complete', '2026-11-05')] });
    counter.add({ ...clinical, attempts: [attempt('complete', '2026-11-12')] });
    counter.add({ ...clinical, dischargeId: 'b', attempts: [attempt('no-answer', '2026-11-12')] });
    counter.add({
      ...clinical,
      purpose: 'satisfaction',
      dischargeId: 'c',
      attempts: [attempt('complete', '2026-11-05')],
    });

    expect(counter.result('2026-11', new Map())).toMatchObject([{ clinicallyFollowedUp: 1, calls: 1 }]);
  });
});

describe('the tally of the database', () => {
  let world: FollowUpWorld;
  beforeEach(async () => {
    world = await openFollowUpWorld();
  });
  afterEach(async () => {
    await world.database.drop();
  });

  test('has every department with a discharge; deaths are discharges without a call', async () => {
    await world.register(
      discharge('ZY001'),
      discharge('ZY002', { dischargeWay: 'died' }),
      discharge('ZY003', { departmentCode: 'surgery', dischargeWay: 'died' }),
      discharge('ZY004', { dischargedOn: '2026-10-31' }),
    );

    const tally = await world.tallyCalls('2026-11', cutoff);

    expect(tally).toMatchObject([
      { departmentCode: 'cardiology', discharges: 2, calls: 1, attempted: 0, classes: { ...none, NC: 1 } },
      { departmentCode: 'surgery', discharges: 1, calls: 0, classes: none },
    ]);
    expect(await world.tallyCalls('2026-11', world.time.momentOf('2026-11-01', '00:00'))).toEqual([]);
  });
});
