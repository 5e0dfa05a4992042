import { describe, expect, test } from '@jest/globals';
import { createReaderProcess, readerLimits } from '../../src/shared/reader-process.child-process.ts';

/* Whatever a file makes its reader do, the service only waits, and says so. */

const file = Buffer.from('file');
const tooMuch = expect.objectContaining({ kind: 'invalid', code: 'file_takes_too_much' }) as unknown as Error;
const read = createReaderProcess();

describe('the process that reads a file', () => {
  test('gives what its program tells of the file and its settings, and nothing when it fails', async () => {
    const program = 'done([bytes.toString(), settings.more, Object.keys(process.env)]);';

    expect(await read(program, file, { more: 1 })).toEqual(['file', 1, []]);
    expect(await read('throw new Error()', file)).toBeNull();
  });

  test.each([
    ['objects', 'const all = []; for (;;) all.push({ size: all.length });'],
    [
      'memory outside of objects, without a pause',
      'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));',
    ],
    [
      'words',
      "for (let n = 0; n < 64; n += 1) process.stdout.write('x'.repeat(1e6)); setInterval(() => {}, 1e3);",
    ],
  ])(
    'is ended when it takes too many or too much: %s',
    async (_what, program) => {
      await expect(read(program, file)).rejects.toThrow(tooMuch);
    },
    60_000,
  );

  test('is ended when it takes too long', async () => {
    const brief = createReaderProcess({ ...readerLimits, ms: 500 });

    await expect(brief('for (;;);', file)).rejects.toThrow(tooMuch);
  });

  test('reads one file at a time in the order they come; who finds too many waiting is asked to come again', async () => {
    const one = createReaderProcess({ ...readerLimits, waiting: 2 });
    const stamp = 'const from = Date.now(); setTimeout(() => done([from, Date.now()]), 100);';
    const readings = [one(stamp, file), one('throw 1', file), one(stamp, file)];

    await expect(one(stamp, file)).rejects.toMatchObject({ code: 'uploads_busy', retryAfterSeconds: 10 });
    const [first, failed, third] = (await Promise.all(readings)) as [number[], null, number[]];
    expect(failed).toBeNull();
    expect(third[0]).toBeGreaterThanOrEqual(first[1] ?? Infinity);
    expect(await one(stamp, file)).toHaveLength(2);
  });
});
