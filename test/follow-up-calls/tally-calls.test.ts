import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCallCounter } from '../../src/follow-up-calls/call-tally.ts';
import type { CallTallyInput } from '../../src/follow-up-calls/call-tally.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { discharge, openFollowUpWorld } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

const time = createHospitalTime('Asia/Shanghai');
const none = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0 };
const cutoff = time.momentOf('2026-12-14', '00:00');
type Attempt = CallTallyInput['attempts'][number];

const attempt = (disposition: 'complete' | 'no-answer' | 'bad-number', on: string): Attempt => {
  const state = disposition === 'complete' ? 'closed' : 'open';
  const [startedAt, recordedAt] = [time.momentOf(on, '10:00'), time.momentOf(on, '10:05')];
  return { disposition, startedAt, recordedAt, standing: { state } };
};

const openAmong = (...calls: readonly Pick<CallTallyInput, 'attempts' | 'closesOn'>[]): unknown => {
  const counter = createCallCounter(cutoff, time);
  for (const call of calls)
    counter.add({ ...call, dischargeId: 'a', departmentCode: 'ent', purpose: 'satisfaction' });
  return counter.result('2026-11', new Map())[0]?.open;
};

describe('counting a month of calls', () => {
  test('looks only at what was recorded before the cut-off, and counts an untried call as non-contact', () => {
    const counter = createCallCounter(cutoff, time);
    const call = { departmentCode: 'cardiology', purpose: 'satisfaction' as const, closesOn: '2026-12-14' };
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
      open: 3,
      classes: { ...none, I: 1, NC: 3 },
      clinicallyFollowedUp: 0,
    });
  });

  test('a call is open at the cut-off unless it was ended before it or its last day was over, whatever was done since', () => {
    const closesOn = '2026-12-14';

    expect(openAmong({ attempts: [attempt('complete', '2026-12-14')], closesOn })).toBe(1);
    expect(openAmong({ attempts: [], closesOn })).toBe(1);
    expect(openAmong({ attempts: [attempt('no-answer', '2026-12-13')], closesOn })).toBe(1);
    expect(openAmong({ attempts: [attempt('complete', '2026-12-13')], closesOn })).toBe(0);
    expect(openAmong({ attempts: [], closesOn: '2026-12-13' })).toBe(0);
  });

  test('counts an admission followed up twice for its treatment once, and a satisfaction call not at all', () => {
    const counter = createCallCounter(cutoff, time);
    const clinical = {
      departmentCode: 'cardiology',
      purpose: 'clinical' as const,
      dischargeId: 'a',
      closesOn: '2026-12-14',
    };
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
      discharge('ZY002', { dischargeWay: 'died', patientName: '李四' }),
      discharge('ZY003', { departmentCode: 'surgery', dischargeWay: 'died', patientName: '王五' }),
      discharge('ZY004', { dischargedOn: '2026-10-31' }),
    );

    const tally = await world.tallyCalls('2026-11', cutoff);

    expect(tally).toMatchObject([
      {
        departmentCode: 'cardiology',
        discharges: 2,
        calls: 1,
        attempted: 0,
        open: 0,
        classes: { ...none, NC: 1 },
      },
      { departmentCode: 'surgery', discharges: 1, calls: 0, classes: none },
    ]);
    expect(await world.tallyCalls('2026-11', world.time.momentOf('2026-11-01', '00:00'))).toEqual([]);
  });
});
