import { expect, test } from '@jest/globals';
import { createWorkingCalendar } from '../../src/calendar/working-days.ts';
import { closingMoment, monthsBetween } from '../../src/scorecards/closing-time.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';

const plain = createWorkingCalendar([]);
const rule = { workingDay: 10, time: '08:00' };

test.each([
  ['2026-10', '2026-11-13T00:00:00.000Z'],
  ['2026-12', '2027-01-14T00:00:00.000Z'],
  ['2028-01', '2028-02-14T00:00:00.000Z'],
])('%s closes on the 10th weekday of the next month at 08:00 in Shanghai', (period, moment) => {
  const shanghai = createHospitalTime('Asia/Shanghai');
  expect(closingMoment(period, plain, shanghai, rule).toISOString()).toBe(moment);
});

test('08:00 is 08:00 in a zone with summer time too', () => {
  const berlin = createHospitalTime('Europe/Berlin');
  expect(closingMoment('2026-02', plain, berlin, rule).toISOString()).toBe('2026-03-13T07:00:00.000Z');
  expect(closingMoment('2026-03', plain, berlin, rule).toISOString()).toBe('2026-04-14T06:00:00.000Z');
});

test('months from one to another run over the turn of the year', () => {
  expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  expect(monthsBetween('2027-02', '2026-11')).toEqual([]);
});
