import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audited } from '../../src/audit/audited.ts';
import type { ToldEvent } from '../../src/audit/audit-event.ts';
import type { Route } from '../../src/http/route.ts';
import { isWatched } from '../../src/http/watched-route.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import { movingClock } from '../support/moving-clock.ts';
import { startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
let routes: readonly Route[];
beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  ({ routes } = service.composition);
});
afterAll(() => service.stop());

const lines = (some: readonly Route[]): readonly string[] =>
  some.map(({ method, path }) => `${method} ${path}`).toSorted((a, b) => (a < b ? -1 : 1));

describe('of the whole route table', () => {
  test('every line that changes something is watched, but those of patients, of a login, and a page’s own heartbeat', () => {
    const changing = routes.filter(({ method }) => method !== 'get');

    expect(lines(changing.filter((line) => !isWatched(line)))).toEqual(
      lines(changing.filter(({ guard, heartbeat }) => guard.name === 'open' || heartbeat === true)),
    );
    expect(lines(changing.filter(({ heartbeat }) => heartbeat === true)).length).toBeLessThan(3);
  });

  test('every line that gives a file of data is watched', () => {
    expect(lines(routes.filter((line) => line.method === 'get' && isWatched(line)))).toEqual([
      'get /api/v1/audit-events/export.csv',
      'get /api/v1/departments/template.xlsx',
    ]);
  });
});

describe('what is announced', () => {
  const event = { actor: 'a1', action: 'request.change', subject: 'POST /x', requestId: 'r' };
  const outcomesOf = async (work: () => Promise<void>, refusing?: number): Promise<readonly string[]> => {
    const told: ToldEvent[] = [];
    const recordAuditEvent = (next: ToldEvent): Promise<void> => {
      if (told.length === refusing) return Promise.reject(new Error('away'));
      told.push(next);
      return Promise.resolve();
    };
    const onLost = (): void => void told.push({ ...event, outcome: 'failed', subject: 'lost' });
    const end = await audited({ recordAuditEvent, onLost }, event, work).then(
      () => 'done',
      (error: Error) => error.message,
    );
    return [...told.map(({ outcome, subject }) => (subject === 'lost' ? 'lost' : outcome)), end];
  };

  test('is told as succeeded, refused or failed, after it was done', async () => {
    expect(await outcomesOf(async () => undefined)).toEqual(['attempted', 'succeeded', 'done']);
    expect(await outcomesOf(() => Promise.reject(new DomainError('conflict', 'x', 'no')))).toEqual([
      'attempted',
      'refused',
      'no',
    ]);
    expect(await outcomesOf(() => Promise.reject(new DomainError('unavailable', 'x', 'away')))).toEqual([
      'attempted',
      'failed',
      'away',
    ]);
    expect(await outcomesOf(() => Promise.reject(new Error('broken')))).toEqual([
      'attempted',
      'failed',
      'broken',
    ]);
  });

  test('is not done when it cannot be announced, and stands alone when its outcome cannot be kept', async () => {
    let done = 0;
    const work = (): Promise<void> => Promise.resolve(void (done += 1));

    expect(await outcomesOf(work, 0)).toEqual(['away']);
    expect(done).toBe(0);
    expect(await outcomesOf(work, 1)).toEqual(['attempted', 'lost', 'done']);
    expect(done).toBe(1);
  });
});
