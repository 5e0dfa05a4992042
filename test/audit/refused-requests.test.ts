import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ToldEvent } from '../../src/audit/audit-event.ts';
import { createNoteRefusal } from '../../src/audit/note-refusal.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { newSession, sessionOf } from '../security/walk.ts';
import type { Session } from '../security/walk.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

const clock = movingClock('2026-11-02T02:00:00Z');
let service: TestService;
let head: Session;
let nurse: Session;

beforeAll(async () => {
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  const admin = await sessionOf(service.baseUrl, { username: 'admin', password: adminPassword });
  head = await newSession(service.baseUrl, admin, 'head', [{ role: 'head', departments: ['surgery'] }]);
  nurse = await newSession(service.baseUrl, admin, 'nurse', [{ role: 'nurse', departments: ['surgery'] }]);
}, 60_000);
afterAll(() => service.stop());

interface Refusal {
  readonly actor: string;
  readonly subject: string;
  readonly outcome: string;
  readonly address: string;
  readonly requestId: string;
}
const refusals = async (subject: string): Promise<readonly Refusal[]> =>
  (await service.stored('auditEvents', { action: 'request.access', subject })) as readonly Refusal[];
const ask = async (
  session: Session | null,
  method: string,
  path: string,
  headers = session?.headers,
): Promise<number> =>
  (await fetch(`${service.baseUrl}${path}`, { method, redirect: 'manual', ...(headers && { headers }) }))
    .status;

describe('a person who is refused at the door', () => {
  test('stands in the audit trail by the line, never by the address, with where from', async () => {
    expect(await ask(head, 'GET', '/api/v1/scorecards/2026-10/pharmacy')).toBe(403);

    const found = await refusals('GET /api/v1/scorecards/:period/:departmentCode');
    expect(found).toMatchObject([
      { outcome: 'refused', address: '127.0.0.1', requestId: expect.any(String) },
    ]);
    expect(await service.stored('accounts', { _id: found[0]?.actor })).toMatchObject([{ username: 'head' }]);
  });

  test('stands there once a day for each person and line, however often it is tried', async () => {
    for (let n = 0; n < 20; n += 1) await ask(nurse, 'GET', '/confidential-answers');
    await ask(head, 'GET', '/confidential-answers');
    await ask(nurse, 'POST', '/api/v1/scorecards/2026-10/close');

    expect(await refusals('GET /confidential-answers')).toHaveLength(2);
    expect(await refusals('POST /api/v1/scorecards/:period/close')).toHaveLength(1);
  });

  test('stands there, too, for a change without the token of the session', async () => {
    const { cookie } = nurse;
    expect(await ask(nurse, 'POST', '/api/v1/follow-up-calls/satisfaction:x/claim', { cookie })).toBe(403);

    expect(await refusals('POST /api/v1/follow-up-calls/:id/claim')).toHaveLength(1);
  });

  test('is told of by name only: who is not logged in leaves no event', async () => {
    expect(await ask(null, 'GET', '/api/v1/staff')).toBe(401);

    expect(await refusals('GET /api/v1/staff')).toEqual([]);
  });
});

describe('noting a refusal', () => {
  const refused = { actor: 'a1', line: 'GET /audit', requestId: 'r1' };

  test('begins anew with the day of the hospital, and after one that could not be kept', async () => {
    const told: ToldEvent[] = [];
    const lost: unknown[] = [];
    let away = true;
    const day = movingClock('2026-11-02T15:30:00Z');
    const note = createNoteRefusal({
      recordAuditEvent: (event) =>
        away ? Promise.reject(new Error('away')) : Promise.resolve(void told.push(event)),
      onLost: (event) => void lost.push(event),
      clock: day,
      hospitalTime: createHospitalTime('Asia/Shanghai'),
    });

    await note(refused);
    away = false;
    await note(refused);
    await note(refused);
    day.advance(60 * 60_000);
    await note(refused);

    expect([lost.length, told.length]).toEqual([1, 2]);
  });
});
