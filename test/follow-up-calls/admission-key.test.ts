import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { deepRuns } from '../support/deep.ts';
import { discharge, openFollowUpWorld } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
beforeEach(async () => {
  world = await openFollowUpWorld();
});
afterEach(async () => {
  await world.database.drop();
});

/** A discharge by 住院号 and 住院次数, and by 住院流水号 too when given. */
const stay = (patientNo: string, visitNo: number, changes: Record<string, unknown> = {}) => {
  const { admissionNo: _none, ...rest } = discharge('-');
  return { ...rest, patientNo, visitNo, ...changes };
};

const codesOf = (answer: Awaited<ReturnType<FollowUpWorld['register']>>) =>
  answer.results.map(({ result, errors }) => errors?.[0]?.code ?? result);

describe('the key of an admission', () => {
  test('a readmission of the same patient is another discharge and never overwrites the first', async () => {
    await world.register(stay('00123', 1, { dischargedOn: '2026-10-05' }));
    const answer = await world.register(stay('00123', 2, { dischargedOn: '2026-10-30' }));

    expect(answer).toMatchObject({ created: 1, updated: 0 });
    const days = (await world.discharges()).map(({ dischargedOn }) => String(dischargedOn));
    expect(new Set(days)).toEqual(new Set(['2026-10-05', '2026-10-30']));
    expect(await world.calls()).toHaveLength(2);
  });

  test('the same admission is found by either key, and learns the other', async () => {
    await world.register(stay('00123', 1));
    expect(codesOf(await world.register(stay('00123', 1, { admissionNo: 'ZY9' })))).toEqual(['updated']);
    expect(codesOf(await world.register(discharge('ZY9')))).toEqual(['unchanged']);
    expect(codesOf(await world.register(stay('00123', 1)))).toEqual(['unchanged']);

    expect(await world.discharges()).toHaveLength(1);
    expect(await world.calls()).toHaveLength(1);
  });

  test('a number that is used again for the next stay is refused and overwrites nothing', async () => {
    await world.register(stay('00123', 1, { admissionNo: 'ZY9', dischargedOn: '2026-10-05' }));

    const answer = await world.register(stay('00123', 2, { admissionNo: 'ZY9' }));

    expect(codesOf(answer)).toEqual(['key_conflict']);
    expect(await world.discharges()).toMatchObject([{ dischargedOn: '2026-10-05' }]);
  });

  test('two keys that belong to two admissions are refused', async () => {
    await world.register(discharge('ZY1'), stay('00123', 2));

    expect(codesOf(await world.register(stay('00123', 2, { admissionNo: 'ZY1' })))).toEqual(['key_conflict']);
    expect(await world.discharges()).toHaveLength(2);
  });

  test('a number that belongs to somebody else’s admission is refused and overwrites nothing, by the patient number alone too', async () => {
    await world.register(discharge('ZY1', { patientNo: '00123' }), stay('00200', 1, { admissionNo: 'ZY2' }));
    const before = [await world.discharges(), await world.calls()];

    const answer = await world.register(
      discharge('ZY1', { patientNo: '00999' }),
      discharge('ZY2', { patientNo: '00999' }),
    );

    expect(codesOf(answer)).toEqual(['key_conflict', 'key_conflict']);
    expect([await world.discharges(), await world.calls()]).toEqual(before);
  });

  test('without patient numbers, another name with another phone and another day is somebody else; each alone is a correction', async () => {
    const other = { patientName: '赵四', phone: '13900002222', dischargedOn: '2026-10-30' };
    const { patientName, phone, dischargedOn } = other;
    await world.register(discharge('ZY1', { dischargedOn: '2026-10-28', contactPhone: '13700003333' }));

    expect(codesOf(await world.register(discharge('ZY1', other)))).toEqual(['key_conflict']);
    for (const change of [
      { patientName: '张珊', dischargedOn: '2026-10-28' },
      { phone, dischargedOn: '2026-10-28' },
      { patientName: '张姗', phone: '13700003333', dischargedOn: '2026-10-29' },
      { patientName, phone: '13700003333', dischargedOn },
    ]) {
      expect(codesOf(await world.register(discharge('ZY1', change)))).toEqual(['updated']);
    }
    expect(await world.discharges()).toHaveLength(1);
  });

  test('with the same patient number everything else is a correction, and a number that came later is kept', async () => {
    await world.register(discharge('ZY1', { dischargedOn: '2026-10-28' }));
    expect(
      codesOf(await world.register(discharge('ZY1', { dischargedOn: '2026-10-28', patientNo: '00123' }))),
    ).toEqual(['updated']);
    const other = { patientName: '赵四', phone: '13900002222', dischargedOn: '2026-10-30' };
    expect(codesOf(await world.register(discharge('ZY1', { ...other, patientNo: '00123' })))).toEqual([
      'updated',
    ]);
    expect(codesOf(await world.register(discharge('ZY1', { ...other, doctor: '李医生' })))).toEqual([
      'updated',
    ]);

    expect(codesOf(await world.register(discharge('ZY1', { ...other, patientNo: '00999' })))).toEqual([
      'key_conflict',
    ]);
  });

  test('is asked for, whole, and as text that lost no digits', async () => {
    const { admissionNo: _none, ...keyless } = discharge('-');

    const answer = await world.register(
      keyless,
      { ...keyless, patientNo: '00123' },
      { ...keyless, visitNo: 1 },
      stay('00123', 0),
      discharge('1.20231E+11'),
    );

    expect(codesOf(answer)).toEqual([
      'admission_key',
      'admission_key',
      'admission_key',
      'visit_number',
      'scientific',
    ]);
    expect(await world.discharges()).toEqual([]);
  });

  test('one admission under two keys at once is stored once', async () => {
    const both = stay('00123', 1, { admissionNo: 'ZY9' });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => world.register(index % 2 === 0 ? both : stay('00123', 1))),
    );

    expect(answers.flatMap(codesOf).filter((code) => code === 'created')).toHaveLength(1);
    expect(await world.discharges()).toHaveLength(1);
  });

  test('stands nowhere in plain', async () => {
    await world.register(stay('00123', 7, { contactPhone: '13900001111', doctor: '李医生' }));

    const raw = JSON.stringify([await world.discharges(), await world.calls()]);
    expect(raw).not.toMatch(/00123|13900001111/);
    expect(raw).toContain('李医生');
  });
});

describe('registering again', () => {
  test('what a later row leaves out stays as it is known', async () => {
    const full = { nurse: '王护士', doctor: '李医生', contactPhone: '059187654321', dischargeWay: 'home' };
    await world.register(discharge('ZY1', full));

    const answer = await world.register(discharge('ZY1', { doctor: '', contactPhone: null }));

    expect(codesOf(answer)).toEqual(['unchanged']);
    expect(await world.discharges()).toMatchObject([{ doctor: '李医生', nurse: '王护士' }]);
  });

  test('any part of the same rows in any order changes nothing', async () => {
    const rows = [
      ...Array.from({ length: 6 }, (_, index) => discharge(`ZY${index}`, { nurse: `护士${index}` })),
      ...Array.from({ length: 6 }, (_, index) => stay('00123', index + 1)),
      stay('00200', 1, { admissionNo: 'ZY200', followUpWay: 'wechat', followedUpOn: '2026-11-01' }),
    ];
    await world.register(...rows);
    const before = [await world.discharges(), await world.calls()];

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: 1 }), async (part) => {
        const answer = await world.register(...part);
        expect(answer).toMatchObject({ created: 0, updated: 0, unchanged: part.length, rejected: 0 });
      }),
      { numRuns: deepRuns(15, 200) },
    );

    expect([await world.discharges(), await world.calls()]).toEqual(before);
  });
});
