import * as fc from 'fast-check';

/** Values that break careless code: operators, prototype keys, lone surrogates, huge and wrong-typed things. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1.5,
    1e308,
    Number('12345678901234567'),
    true,
    [],
    {},
    [[]],
    [null],
    { $ne: null },
    { $gt: '' },
    { $where: 'sleep(1000)' },
    { $regex: '.*' },
    { toString: 1 },
    { length: 1e9 },
    '$ne',
    '__proto__',
    'constructor',
    '\uD800',
    '\u0000',
    'a\r\nBcc: x@y.example',
    '../../etc/passwd',
    '%00',
    '=HYPERLINK("http://x.example")',
    '<script>alert(1)</script>',
    '{{constructor}}',
    '９９９',
    '2026-02-31',
    '0000-00-00',
    '9999-99',
    '９月',
    '12345678901234567',
    'x'.repeat(3_000),
    '字'.repeat(3_000),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.anything({ maxDepth: 2, withNullPrototype: false, withBigInt: false, withDate: false }),
);

/** Whole bodies that no parser should trip over, as the bytes that are sent. */
export const hostileText: fc.Arbitrary<string> = fc.constantFrom(
  '',
  'null',
  '[]',
  '"text"',
  '{',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '['.repeat(20_000),
  `{"a":${'1'.repeat(400)}}`,
  '{"a":"\\ud800"}',
  `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`,
  '\uFEFF{}',
);

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text));

/** Whole bodies as bytes: 姓名 in GBK, half a character of UTF-8, a byte order mark of UTF-16, ten million bytes. */
export const hostileBytes: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.oneof(
  fc.constantFrom(
    Uint8Array.from([0x7b, 0x22, 0xd0, 0xd5, 0xc3, 0xfb, 0x22, 0x3a, 0x31, 0x7d]),
    Uint8Array.from([0xe5, 0xa7]),
    Uint8Array.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0]),
    new Uint8Array(10 * 1024 * 1024).fill(0x20),
    Uint8Array.from([0x1f, 0x8b, 8, 0]),
  ),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Uint8Array.from(bytes)),
);

/** Files that are none: broken archives, wrong encodings, endless cells, formulas, nothing but separators. */
export const hostileFile: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes])),
  fc.constant(new Uint8Array(10 * 1024 * 1024).fill(0x2c)),
  fc
    .constantFrom(
      '\uFEFF',
      'a,b\r\n"',
      '"'.repeat(1_001),
      ','.repeat(5_000),
      '\r\n'.repeat(5_000),
      '住院流水号,出院科室,出院日期\r\n=1+1,@x,2026-02-31\r\n',
      '\u0000,\u0000\r\n',
      `姓名\r\n${'字'.repeat(40_000)}`,
    )
    .map(bytesOf),
);
