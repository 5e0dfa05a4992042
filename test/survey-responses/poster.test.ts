import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assert, property, webUrl } from 'fast-check';
import { createRequire } from 'node:module';
import request from 'supertest';
import { qrCode } from '../../src/shared/qr-code.qrcode-generator.ts';
import type { QrCode } from '../../src/shared/qr-code.ts';
import { openSurveyWorld, officer } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

type JsQr = (picture: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;

const jsQr = createRequire(import.meta.url)('jsqr') as { readonly default: JsQr };
const pixels = 4;

/** What a camera reads of the drawing. */
function read({ size, path }: QrCode): string | undefined {
  const side = size * pixels;
  const picture = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, column, row, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let y = Number(row) * pixels; y < (Number(row) + 1) * pixels; y += 1) {
      const from = (y * side + Number(column) * pixels) * 4;
      for (let at = from; at < from + Number(length) * pixels * 4; at += 1) if (at % 4 !== 3) picture[at] = 0;
    }
  }
  return jsQr.default(picture, side, side)?.data;
}

const codesOf = (html: string): readonly (string | undefined)[] =>
  [...html.matchAll(/viewBox="0 0 (\d+) \d+"[^>]*><path d="([^"]+)"/g)].map(([, size, path = '']) =>
    read({ size: Number(size), path }),
  );

test('a QR code says the address it was made of, whatever the address', () => {
  assert(
    property(webUrl({ size: 'small' }), (url) => {
      expect(read(qrCode(url))).toBe(url);
    }),
    { numRuns: 20 },
  );
});

describe('the posters', () => {
  let world: SurveyWorld;
  beforeAll(async () => {
    world = await openSurveyWorld();
  });
  afterAll(() => world.database.drop());

  const page = (query: string) => request(world.app(officer)).get(`/office/posters${query}`);
  test('lead to the form of the department, and to that of its other patients', async () => {
    const { text } = await page('?department=surgery').expect(200);

    expect(codesOf(text)).toEqual([
      'https://satisfaction.example.cn/s/surgery',
      'https://satisfaction.example.cn/s/surgery?group=inpatient',
    ]);
    for (const address of codesOf(text)) {
      const { pathname, search } = new URL(address ?? '');
      await request(world.app(null)).get(`${pathname}${search}`).expect(200);
    }
  });

  test('are there for every department that is open, and for no other', async () => {
    const { text } = await page('').expect(200);

    expect(text).toContain('/s/pharmacy');
    expect(text).not.toContain('/s/closed-ward');
    expect((await page('?department=closed-ward').expect(200)).text).toContain('没有可以打印的海报');
  });

  test('are for staff only', async () => {
    const { status } = await request(world.app(null)).get('/office/posters');
    expect(status).toBe(303);
  });
});
