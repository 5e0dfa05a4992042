import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createNoteKeyUse } from '../../src/api-keys/note-key-use.ts';
import type { RecordAuditEvent } from '../../src/audit/audit-event.ts';
import { createApiKeyStore } from '../../src/api-keys/api-key.store.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { openApiKeysWorld } from './api-keys-world.ts';
import type { ApiKeysWorld } from './api-keys-world.ts';

let world: ApiKeysWorld;
beforeAll(async () => {
  world = await openApiKeysWorld();
});
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00Z');
  await world.database.connection.collection('apiKeys').deleteMany({});
  world.events.length = 0;
});
afterAll(() => world.close());

const uses = (): readonly object[] =>
  world.events.filter(({ action }) => action === 'api-key.use').map(({ requestId: _id, ...event }) => event);

async function lastUse(): Promise<unknown> {
  const [key] = await world.stored();
  return key?.['lastUsedAt'];
}

/** A key whose uses are noted for some address, over a trail that may be away; the key is read anew each time, as by a request. */
async function noting(away: () => boolean = () => false) {
  const { id } = await world.make();
  const keys = createApiKeyStore(world.database.connection);
  const recorded: Parameters<RecordAuditEvent>[0][] = [];
  const noteKeyUse = createNoteKeyUse({
    keys,
    clock: world.clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    recordAuditEvent: async (event) => {
      if (away()) throw new Error('away');
      recorded.push(event);
    },
  });
  const note = async (address: string, requestId: string): Promise<void> => {
    const key = await keys.find(id);
    if (key === null) throw new Error('The key is there.');
    await noteKeyUse(key, { action: 'scorecard.read', allowed: true, address, requestId });
  };
  return { note, recorded };
}

describe('the last use of a key', () => {
  test('is stored with the address it came from, at most once a minute', async () => {
    const { token } = await world.make();
    expect(await lastUse()).toBeNull();

    await world.use(token);
    expect(await world.stored()).toMatchObject([
      { lastUsedAt: new Date('2026-11-02T02:00:00Z'), lastUsedFrom: expect.stringMatching(/127\.0\.0\.1$/) },
    ]);

    world.clock.set('2026-11-02T02:00:59Z');
    await world.use(token);
    expect(await lastUse()).toEqual(new Date('2026-11-02T02:00:00Z'));

    world.clock.set('2026-11-02T02:01:00Z');
    await world.use(token);
    expect(await lastUse()).toEqual(new Date('2026-11-02T02:01:00Z'));
  });

  test('does not stay in the future when the clock is set back', async () => {
    const { token } = await world.make();
    await world.use(token);

    world.clock.set('2026-11-02T01:00:00Z');
    await world.use(token);

    expect(await lastUse()).toEqual(new Date('2026-11-02T01:00:00Z'));
  });

  test('of many requests at once one writes it', async () => {
    const { id, token } = await world.make();
    const keys = createApiKeyStore(world.database.connection);
    const read = await Promise.all(Array.from({ length: 5 }, () => keys.find(id)));
    await world.use(token);
    world.clock.set('2026-11-02T02:00:30Z');

    // These have read the key before its first use was noted: what they know is out of date.
    for (const key of read)
      await keys.touch(id, key?.lastUsedAt ?? null, { at: world.clock.now(), from: 'elsewhere' });

    expect(await lastUse()).toEqual(new Date('2026-11-02T02:00:00Z'));
  });
});

describe('the uses of a key in the audit trail', () => {
  test('a key that polls all day is named once a day of the hospital for each action', async () => {
    const { id, token } = await world.make({ scopes: ['scorecards:read', 'discharges:write'] });
    const one = {
      actor: `api-key/${id}`,
      action: 'api-key.use',
      subject: `api-key/${id}`,
      outcome: 'succeeded',
    };

    for (let hour = 2; hour < 16; hour += 1) {
      world.clock.set(`2026-11-02T${String(hour).padStart(2, '0')}:00:00Z`);
      await world.use(token);
    }
    expect(uses()).toEqual([{ ...one, fields: ['scorecard.read'] }]);

    world.clock.set('2026-11-02T16:00:00Z'); // midnight in the hospital
    await world.use(token);
    expect(uses()).toHaveLength(2);
  });

  test('twenty first uses at once are one', async () => {
    const { token } = await world.make();

    await Promise.all(Array.from({ length: 20 }, () => world.use(token).expect(200)));

    expect(uses()).toHaveLength(1);
  });

  test('what its scopes do not cover is named too, once a day', async () => {
    const { token } = await world.make({ scopes: ['discharges:write'] });

    await world.use(token);
    await world.use(token);

    expect(uses()).toEqual([expect.objectContaining({ outcome: 'refused', fields: ['scorecard.read'] })]);
  });

  test('a key that is revoked or over is named by its id when somebody still sends it', async () => {
    const { id, token } = await world.make();
    await world.asAdmin('delete', `/api/v1/api-keys/${id}`);

    await world.use(token);
    await world.use(token);

    expect(uses()).toEqual([
      expect.objectContaining({ actor: `api-key/${id}`, outcome: 'refused', fields: ['over'] }),
      expect.objectContaining({ actor: 'anonymous', outcome: 'failed' }),
    ]);
  });

  test('a stolen key shows: each address is named once a day, though its owner uses it too', async () => {
    const { note, recorded } = await noting();

    await note('10.0.0.1', 'owner');
    await note('203.0.113.9', 'thief');
    await note('10.0.0.1', 'owner again');
    await note('203.0.113.9', 'thief again');

    expect(recorded.map(({ requestId }) => requestId)).toEqual(['owner', 'thief']);
  });

  test('one that is sent from everywhere does not fill the audit trail', async () => {
    const { note, recorded } = await noting();
    const most = 200;

    for (let n = 0; n < most + 50; n += 1) await note(`10.0.${n % 250}.${Math.floor(n / 250)}`, 'r');
    await note('10.0.0.0', 'r');

    expect(recorded).toHaveLength(most + 1);
  });

  test('a use that the audit trail could not keep is refused, and recorded when it comes again', async () => {
    let away = true;
    const { note, recorded } = await noting(() => away);

    await expect(note('10.0.0.1', 'r')).rejects.toThrow('away');
    away = false;
    await note('10.0.0.1', 'r');

    expect(recorded).toHaveLength(1);
  });
});
