import { describe, expect, test } from '@jest/globals';
import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { decodeText } from '../../src/imports/decode-text.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import { deepRuns } from '../support/deep.ts';
import { toGb18030 } from './gb18030.ts';

const chinese = fc
  .array(fc.oneof(fc.integer({ min: 0x4e00, max: 0x9fa5 }), fc.integer({ min: 0x21, max: 0x7e })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((points) => String.fromCodePoint(...points));

/** The text of some bytes, or the code of why there is none. */
function reading(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

describe('the encoding of a file', () => {
  test('UTF-8 is read whole, with its mark or without, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, marked) => {
        fc.pre(!text.startsWith('\uFEFF'));
        expect(decodeText(Buffer.from(`${marked ? '\uFEFF' : ''}${text}`, 'utf8'))).toBe(text);
      }),
      { numRuns: deepRuns(200, 5000) },
    );
  });

  test('GB18030 is read whole: a line with a Chinese heading of four signs never passes as UTF-8', () => {
    fc.assert(
      fc.property(chinese, (text) => {
        const line = `住院流水号,${text}`;
        expect(decodeText(toGb18030(line))).toBe(line);
      }),
      { numRuns: deepRuns(200, 5000) },
    );
  });

  test('UTF-8 with its mark, or with Chinese in it, of which one byte was changed or the end was lost is damaged, never other words', () => {
    const said = '姓名,病区,出院日期\n欧阳娜娜,内一病区,2026-10-05\n张三,心内二病区,2026-10-06';
    const texts = [
      [said, 0],
      [`\uFEFF${said}`, 3],
      ['\uFEFFname,ward\nLi,A', 3],
    ] as const;
    const damaged = texts.flatMap(([text, from]) => {
      const whole = Uint8Array.from(Buffer.from(text, 'utf8'));
      const places = [...whole.keys()].slice(from);
      return places.flatMap((place) => [0x80, 0xa1, 0xc3, 0xe4, 0xff].map((byte) => whole.with(place, byte)));
    });
    // A byte in the middle of a character may make it another one: nobody can see that.
    const seen = damaged.filter((bytes) => !isUtf8(bytes));
    expect(seen.length).toBeGreaterThan(400);
    expect(new Set(seen.map(reading))).toEqual(new Set(['import_text_damaged']));
    for (const lost of [1, 2]) {
      const cut = Buffer.from(`${said},某`, 'utf8');
      expect(reading(cut.subarray(0, cut.length - lost))).toBe('import_text_damaged');
    }
  });

  test('GB18030 with a byte that is none, and bytes of neither, are not read', () => {
    const bytes = toGb18030('姓名,病区\n欧阳娜娜,内一病区');
    expect(reading(bytes)).toBe('姓名,病区\n欧阳娜娜,内一病区');
    expect(reading(bytes.with(bytes.length - 1, 0xff))).toBe('import_not_readable');
    expect(reading(bytes.subarray(0, bytes.length - 1))).toBe('import_not_readable');
    expect(reading(Uint8Array.of(0xff, 0xfe, 0xff))).toBe('import_not_readable');
  });
});
