import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, integer, property } from 'fast-check';
import { readDays, writeDays } from '../../src/calendar/calendar-text.ts';
import { addDays } from '../../src/shared/reporting-period.ts';

const datesOf = (text: string): readonly string[] => readDays(text, 2027, false).days.map(({ date }) => date);

describe('days as people type them', () => {
  test.each([
    ['2027-02-05 春节', ['2027-02-05']],
    ['2027/2/5', ['2027-02-05']],
    ['2月5日 春节', ['2027-02-05']],
    ['2/5,春节', ['2027-02-05']],
    ['2027年2月5日至7日 春节', ['2027-02-05', '2027-02-06', '2027-02-07']],
    ['2027-02-27~2027-03-01', ['2027-02-27', '2027-02-28', '2027-03-01']],
    ['2月28日—3月1日', ['2027-02-28', '2027-03-01']],
    ['2/5 to 2/6 Spring Festival', ['2027-02-05', '2027-02-06']],
    ['2026-12-31', ['2026-12-31']],
  ])('%s is read', (text, expected) => {
    expect(readDays(text, 2027, false)).toMatchObject({ faults: [] });
    expect(datesOf(text)).toEqual(expected);
  });

  test('each day knows its line, its name and nothing of empty lines', () => {
    expect(readDays('1月1日 元旦\r\n\r\n 5月1日~2日 劳动节 ', 2027, true).days).toEqual([
      { date: '2027-01-01', name: '元旦', line: 1 },
      { date: '2027-05-01', name: '劳动节', line: 3 },
      { date: '2027-05-02', name: '劳动节', line: 3 },
    ]);
  });

  test.each([
    ['春节放假七天', 'line'],
    ['2027-02-30 春节', 'line'],
    ['2027-02-11~2027-02-05 春节', 'range'],
    ['2027-01-01~2027-12-31 春节', 'range'],
    ['2027-02-05', 'no_name'],
  ])('%s is not, with its line and reason', (text, code) => {
    expect(readDays(`1月1日 元旦\n${text}`, 2027, true).faults).toEqual([{ line: 2, code }]);
  });

  test('what is written is read back the same, whatever the days', () => {
    const days = array(integer({ min: 0, max: 364 }), { maxLength: 30 }).map((offsets) =>
      [...new Set(offsets)].toSorted((a, b) => a - b).map((n) => addDays('2027-01-01', n)),
    );

    assert(
      property(days, constantFrom('', '春节', 'May Day', '国庆节、中秋节'), (dates, name) => {
        const holidays = dates.map((date) => ({ date, name }));

        const read = readDays(writeDays(holidays), 2027, false);

        expect(read).toEqual({ faults: [], days: holidays.map((day) => expect.objectContaining(day)) });
      }),
    );
  });
});
