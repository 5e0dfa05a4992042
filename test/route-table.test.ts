import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sideOf } from '../src/http/route.ts';
import type { Route, Side } from '../src/http/route.ts';
import { movingClock } from './support/moving-clock.ts';
import { startTestService } from './support/test-service.ts';
import type { TestService } from './support/test-service.ts';

let service: TestService;
let routes: readonly Route[];

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  ({ routes } = service.composition);
});

afterAll(async () => {
  await service.stop();
});

const segments = (path: string): readonly string[] => path.split('/');

/** Whether an address of `later` is answered by `earlier`, which the router asks first. */
function hides(earlier: Route, later: Route): boolean {
  const [first, second] = [segments(earlier.path), segments(later.path)];
  if (earlier.method !== later.method || first.length !== second.length) return false;
  return first.every((segment, index) => segment.startsWith(':') || segment === second[index]);
}

describe('the route table of the whole service', () => {
  test('no route is hidden behind an earlier one', () => {
    const hidden = routes.flatMap((later, index) =>
      routes
        .slice(0, index)
        .filter((earlier) => hides(earlier, later))
        .map((earlier) => `${later.method} ${later.path} behind ${earlier.path}`),
    );

    expect(hidden).toEqual([]);
  });

  test('what is open to all is what patients, form clients and somebody logging in need, and nothing else', () => {
    const open = routes
      .filter(({ guard }) => guard.name === 'open')
      .map(({ method, path }) => `${method} ${path}`);

    expect(open.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'get /',
      'get /api/v1/departments',
      'get /api/v1/openapi.json',
      'get /api/v1/privacy-notices/:version',
      'get /api/v1/survey-forms/:patientGroup',
      'get /healthz',
      'get /login',
      'get /privacy',
      'get /readyz',
      'get /s/:departmentCode',
      'get /s/:departmentCode/thanks',
      'post /api/v1/sessions',
      'post /api/v1/sessions/second-step',
      'post /api/v1/survey-responses',
      'post /login',
      'post /login/code',
      'post /login/forget-names',
      'post /s/:departmentCode',
    ]);
  });

  test('where patients and staff have listeners of their own, patients are answered this, both this, and staff the rest', () => {
    const named = (side: Side): readonly string[] =>
      routes
        .filter((route) => sideOf(route) === side)
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted((a, b) => (a < b ? -1 : 1));

    expect(named('patients')).toEqual([
      'get /',
      'get /privacy',
      'get /s/:departmentCode',
      'get /s/:departmentCode/thanks',
      'post /s/:departmentCode',
    ]);
    expect(named('both')).toEqual([
      'get /api/v1/departments',
      'get /api/v1/privacy-notices/:version',
      'get /api/v1/survey-forms/:patientGroup',
      'get /healthz',
      'get /readyz',
      'post /api/v1/survey-responses',
    ]);
    const guarded = routes.filter(({ guard }) => guard.name !== 'open');
    expect(guarded.filter((route) => sideOf(route) !== 'staff')).toEqual([]);
  });

  test('no unsafe route of staff does without the CSRF token', () => {
    const without = routes.filter(({ guard, csrf }) => guard.name !== 'open' && csrf === false);

    expect(without.map(({ path }) => path)).toEqual([]);
  });

  test('every line of the API describes its successful answers, for the published document', () => {
    const silent = routes
      .filter(
        ({ path, responses }) => path.startsWith('/api/v1/') && Object.keys(responses ?? {}).length === 0,
      )
      .map(({ method, path }) => `${method} ${path}`);

    expect(silent).toEqual([]);
  });
});
