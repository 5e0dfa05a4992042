import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import request from 'supertest';
import type { Response } from 'supertest';
import { openSurveyWorld, pageFields } from '../survey-responses/survey-world.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/* A ward shares one address: what one phone does must not cost the others, and no answer is lost for a limit. */

const path = '/s/internal-medicine?lang=zh-Hans';
const perDevice = { points: 4, windowSeconds: 600 };
const perAddress = { points: 210, windowSeconds: 600 };

let database: TestDatabase;
let world: SurveyWorld;
let app: Server;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  // New counts for each test.
  world = await openSurveyWorld(database, { perDevice, perAddress });
  await world.clear();
  app = world.app().listen(0);
});
afterEach(() => new Promise((resolve) => app.close(resolve)));
afterAll(() => database.drop());

const ticketIn = (html: string): string => /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
const cookieIn = (response: Response): string =>
  (response.headers['set-cookie'] as unknown as string[] | undefined)?.[0]?.split(';')[0] ?? '';

interface Phone {
  readonly ticket: string;
  readonly cookie: string;
}

async function open(cookie = ''): Promise<Phone> {
  const page = await request(app).get(path).set('Cookie', cookie);
  return { ticket: ticketIn(page.text), cookie: cookieIn(page) || cookie };
}

async function answer(
  { ticket, cookie }: Partial<Phone>,
  submissionId: string = randomUUID(),
): Promise<Response> {
  return request(app)
    .post(path)
    .set('Cookie', cookie ?? '')
    .type('form')
    .send({ ...pageFields({ submissionId }), ...(ticket === undefined ? {} : { ticket }) });
}

async function statuses(times: number, one: () => Promise<Response>): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < times; n += 1) found.push((await one()).status);
  return found;
}

describe('answers from pages behind one address', () => {
  test('200 patients of a ward answer, each from a page of their own, while a script without pages is stopped', async () => {
    const script = await statuses(perAddress.points + 1, () => answer({}));
    expect(script.filter((status) => status === 303)).toHaveLength(perAddress.points);
    expect(script.at(-1)).toBe(429);

    const ward = await statuses(200, async () => answer(await open()));

    expect(new Set(ward)).toEqual(new Set([303]));
    expect(await world.rows()).toHaveLength(perAddress.points + 200);
  }, 120_000);

  test('one page gives three answers and no more; the page opened again gives the next', async () => {
    const { ticket } = await open();

    expect(await statuses(5, () => answer({ ticket }))).toEqual([303, 303, 303, 429, 429]);
    expect((await answer(await open())).status).toBe(303);
  });

  test('one device gives as many answers as it may, however many pages it opens; its neighbour is not touched', async () => {
    const { cookie } = await open();
    const next = async (): Promise<Response> => answer(await open(cookie));

    expect(await statuses(5, next)).toEqual([303, 303, 303, 303, 429]);
    expect((await answer(await open())).status).toBe(303);
  });

  test('what ticket or device refuse is not counted at the address', async () => {
    const { ticket } = await open();
    await statuses(perAddress.points, () => answer({ ticket }));

    expect((await answer(await open())).status).toBe(303);
  }, 120_000);

  test('the same answer sent again and again, as on a bad line, is never refused and stored once', async () => {
    const phone = await open();
    const id = randomUUID();

    expect(new Set(await statuses(30, () => answer(phone, id)))).toEqual(new Set([303]));
    expect(await world.rows()).toHaveLength(1);
  });

  test('what the database could not take costs nobody anything, not the address either', async () => {
    const phone = await open();
    const client = database.connection.getClient();
    await client.close();
    const away = await statuses(perAddress.points + 5, () => answer(phone));
    await client.connect();

    expect(new Set(away)).toEqual(new Set([503]));
    expect((await answer(phone)).status).toBe(303);
  });

  test('faults to mend cost nothing', async () => {
    const phone = await open();
    const wrong = await statuses(8, () =>
      request(app)
        .post(path)
        .set('Cookie', phone.cookie)
        .type('form')
        .send({ ...pageFields({ 'answer.overall': '' }), ticket: phone.ticket }),
    );

    expect(new Set(wrong)).toEqual(new Set([422]));
    expect((await answer(phone)).status).toBe(303);
  });

  test.each([
    [
      'waited for a day',
      async (): Promise<Partial<Phone>> => {
        const phone = await open();
        world.setNow('2026-10-21T04:00:00Z');
        return phone;
      },
    ],
    ['has no ticket', (): Promise<Partial<Phone>> => Promise.resolve({})],
    ['has a ticket nobody issued', (): Promise<Partial<Phone>> => Promise.resolve({ ticket: 'mine.x' })],
    [
      'comes from a browser that takes no cookies',
      async (): Promise<Partial<Phone>> => ({ ticket: (await open()).ticket }),
    ],
    [
      'brings a device mark nobody gave',
      async (): Promise<Partial<Phone>> => ({ ...(await open()), cookie: 'device=forged.x' }),
    ],
  ])('an answer that %s is stored all the same', async (_what, phone) => {
    world.setNow('2026-10-20T04:00:00Z');
    const shown = await phone();

    expect((await answer(shown)).status).toBe(303);
  });

  test('a refusal keeps on the page everything that was typed, says when to send it again, and a press later it is stored', async () => {
    const { ticket } = await open();
    await statuses(3, () => answer({ ticket }));
    const fields = { ...pageFields({ comment: '病房太吵' }), ticket };

    const refused = await request(app).post(path).type('form').send(fields);

    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.text).toContain('病房太吵');
    expect(refused.text).toContain('您填的内容都在本页');
    const again = { ...fields, ticket: ticketIn(refused.text) };
    expect((await request(app).post(path).type('form').send(again)).status).toBe(303);
  });

  test('the device’s mark is ours to read, out of scripts’ reach, gone in an hour, and given once', async () => {
    const page = await request(app).get(path);
    const [cookie = ''] = page.headers['set-cookie'] as unknown as string[];

    expect(cookie).toMatch(/^device=[\w.%-]+; Max-Age=3600; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const again = await request(app).get(path).set('Cookie', cookieIn(page));
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('nothing of ticket or device is stored', async () => {
    const phone = await open();
    await answer(phone);

    const stored = JSON.stringify(await world.rows());
    expect(stored).not.toContain(phone.ticket.slice(0, 15));
    expect(stored).not.toContain(phone.cookie.slice(7, 18));
  });
});
