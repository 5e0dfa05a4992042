import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRegisterDischarge } from '../../src/follow-up-calls/register-discharge.ts';
import type { RegisterDischarge } from '../../src/follow-up-calls/register-discharge.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import { discharge, openFollowUpWorld } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
let register: (row: unknown) => ReturnType<RegisterDischarge>;
beforeEach(async () => {
  world = await openFollowUpWorld();
  const one = createRegisterDischarge(({ rows }) => world.register(...rows));
  register = (row) => one(row, { actor: 'api-key/his', locale: 'zh-Hans' });
});
afterEach(async () => {
  await world.database.drop();
});

describe('registering one discharge', () => {
  test('makes it once however often it comes, and corrects it under the same call', async () => {
    const made = await register(discharge('ZY001'));
    const again = await register(discharge('ZY001'));
    const corrected = await register(discharge('ZY001', { patientName: '王秀兰' }));

    expect([made.result, again.result, corrected.result]).toEqual(['created', 'unchanged', 'updated']);
    expect(new Set([made.callId, again.callId, corrected.callId]).size).toBe(1);
    expect(await world.discharges()).toHaveLength(1);
  });

  test('has no call for a patient who is not called', async () => {
    const { callId } = await register(discharge('ZY001', { dischargeWay: 'died' }));

    expect(callId).toBeNull();
  });

  test('names every fault by its field, as the body has it', async () => {
    const refused: unknown = await register(discharge('ZY001', { dischargedOn: '1', patientName: '' })).catch(
      (error: unknown) => error,
    );

    expect(refused).toBeInstanceOf(DomainError);
    expect((refused as DomainError).kind).toBe('invalid');
    expect((refused as DomainError).errors.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/dischargedOn',
      '/patientName',
    ]);
    expect(await world.discharges()).toHaveLength(0);
  });

  test('tells of a number that was left out, as the body has it', async () => {
    const { result, warnings } = await register(discharge('ZY001', { phone: '1' }));

    expect(result).toBe('created');
    expect(warnings.map(({ pointer, code }) => [pointer, code])).toEqual([['/phone', 'phone']]);
  });
});
