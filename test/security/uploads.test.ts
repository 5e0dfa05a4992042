import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { Route } from '../../src/http/route.ts';
import { databaseContent } from '../support/database-content.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { addressOf, nameOf, sessionOf } from './walk.ts';
import type { Session } from './walk.ts';

/* A file is what its bytes are, whatever its type says: what is no table is refused in words and leaves no trace. */

const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

interface Entry {
  readonly name: string;
  readonly data: Buffer;
  /** The size the directory states; the true one when left out. */
  readonly claimed?: number;
  /** The data so many times. */
  readonly times?: number;
  /** Written as by a stream: the sizes stand behind the data, and none before it (bit 3 of the flags). */
  readonly streamed?: boolean;
}

/** A zip file by APPNOTE.TXT 4.3, one entry after the other. */
function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimed = data.length, times = 1, streamed = false } of entries) {
    const part = times > 1 ? deflateRawSync(data, { finishFlush: constants.Z_FULL_FLUSH }) : Buffer.alloc(0);
    const packed = Buffer.concat([...Array.from({ length: times - 1 }, () => part), deflateRawSync(data)]);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(streamed ? 8 : 0, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimed, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const ahead = Buffer.from(fields);
    if (streamed) ahead.fill(0, 10, 22);
    const behind = streamed
      ? Buffer.concat([Buffer.from('PK\u0007\u0008'), fields.subarray(10, 22)])
      : Buffer.alloc(0);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), ahead, Buffer.from(name), packed, behind]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, place, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(all.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, all, Buffer.from('PK\u0005\u0006'), end]);
}

const types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
const contentTypes: Entry = { name: '[Content_Types].xml', data: Buffer.from(types) };
const sheet = { name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(64 * 1024 * 1024) };
const bomb = zip([contentTypes, { ...sheet, claimed: 10, times: 16, streamed: true }]);
const header = '住院流水号,出院科室,出院日期,姓名,联系电话\n';
const lineBreaks = Buffer.from(`${header}${'\n'.repeat(2_000_000)}`);
const blankRows = Buffer.from(`${header}${',,,,\n'.repeat(200_000)}`);
const files: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['a picture (PNG)', Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), Buffer.alloc(64, 1)])],
  [
    'a picture (JPEG)',
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF\u0000')]),
  ],
  ['a PDF', Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\u0000', 'latin1')],
  ['a program for Windows', Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), Buffer.alloc(200)])],
  ['a program for Linux', Buffer.concat([Buffer.from('\u007fELF\u0002\u0001', 'latin1'), Buffer.alloc(200)])],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ['text in UTF-16', utf16('住院流水号,出院科室\r\nZY1,外科\r\n')],
  [
    'a table with a zero byte in it',
    Buffer.from('住院流水号,出院科室,出院日期\r\nZY1\u0000,外科,2026-10-30\r\n'),
  ],
  ['an archive that is no workbook', zip([{ name: 'letter.txt', data: Buffer.from('hello') }])],
  ['a document of Word', zip([contentTypes, { name: 'word/document.xml', data: Buffer.from('<w/>') }])],
  [
    'an archive with a name that climbs',
    zip([contentTypes, { name: '../../../tmp/evil.xlsx', data: Buffer.from('x') }]),
  ],
  [
    'an archive that says it is small',
    zip([contentTypes, { name: 'xl/workbook.xml', data: Buffer.alloc(150 * 1024 * 1024), claimed: 10 }]),
  ],
  [
    'an archive that says it is huge',
    zip([contentTypes, { name: 'xl/workbook.xml', data: Buffer.from('<w/>'), claimed: 0xffff_ff00 }]),
  ],
  ['an archive cut off', zip([contentTypes]).subarray(0, 40)],
  ['two million line breaks', lineBreaks],
  ['blank rows without end', blankRows],
];

let service: TestService;
let admin: Session;
let routes: readonly Route[];

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  admin = await sessionOf(service.baseUrl, { username: 'admin', password: adminPassword });
  routes = service.composition.routes.filter(({ rawBody }) => rawBody !== undefined);
});

afterAll(() => service.stop());

async function upload(route: Route, bytes: Buffer, type: string): Promise<{ status: number; text: string }> {
  const known = (route.query?.describe() ?? {}) as { keys?: Readonly<Record<string, unknown>> };
  const query = ['dryRun=false', 'system=outpatient-sheet']
    .filter((pair) => (pair.split('=')[0] ?? '') in (known.keys ?? {}))
    .join('&');
  const response = await fetch(`${service.baseUrl}${addressOf(route)}?${query}`, {
    method: 'POST',
    headers: { ...admin.headers, 'content-type': type, 'accept-language': 'zh' },
    body: Uint8Array.from(bytes),
  });
  return { status: response.status, text: await response.text() };
}

describe('an uploaded file', () => {
  test.each(files)(
    'that is %s is refused in words by every route that takes files',
    async (_what, bytes) => {
      const leftOut = ['sessions', 'jobRuns', 'importRuns', 'auditEvents'];
      const before = await databaseContent(service.dbName, leftOut);
      const found: string[] = [];
      for (const route of routes) {
        const [type = ''] = route.rawBody?.types ?? [];
        const { status, text } = await upload(route, bytes, type);
        const { code, detail } = JSON.parse(text) as { code: string; detail: string };
        const told = status === 422 && /[\u4e00-\u9fff]/.test(detail) && !/columns_missing/.test(code);
        if (!told) found.push(`${nameOf(route)} ${type}: ${status} ${code}`);
      }

      expect(routes.length).toBeGreaterThan(2);
      expect(found).toEqual([]);
      expect(await databaseContent(service.dbName, leftOut)).toBe(before);
    },
    60_000,
  );

  test('that unpacks to a gigabyte and says so nowhere is said to take too much, by every route', async () => {
    const answers: unknown[] = [];
    for (const route of routes) {
      const { status, text } = await upload(route, bomb, route.rawBody?.types[0] ?? '');
      answers.push([status, (JSON.parse(text) as { code: string }).code]);
    }

    expect(answers).toEqual(routes.map(() => [422, 'file_takes_too_much']));
  }, 60_000);

  test('of 11 MB, or of a type that is not taken, is not even read', async () => {
    for (const route of routes) {
      const large = await upload(route, Buffer.alloc(11 * 1024 * 1024, 'a,'), route.rawBody?.types[0] ?? '');
      const html = await upload(route, Buffer.from('<html>'), 'text/html');
      const form = await upload(route, Buffer.from('--x\r\n'), 'multipart/form-data; boundary=x');

      expect([large.status, html.status, form.status]).toEqual([413, 415, 415]);
    }
  });
});
