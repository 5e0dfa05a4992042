import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { submission } from '../journeys/loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import { openErasureWorld } from './erasure-world.ts';
import type { ErasureWorld } from './erasure-world.ts';

const dayMs = 24 * 60 * 60_000;
const words = ['我是张三，挂号排了很久', '谢谢值班医生', '伤口还疼'];

let world: ErasureWorld;
let received: Date;

beforeAll(async () => {
  world = await openErasureWorld();
  await world.plant();
  const visitor = httpClient(world.service.baseUrl);
  const praise = { text: words[1] };
  const answer = { ...submission(3), submissionId: randomUUID(), comment: words[0], praise };
  const sent = await visitor.post('/api/v1/survey-responses', answer);
  if (sent.status !== 201) throw new Error(sent.text);
  received = world.clock.now();
});
afterAll(() => world.end());

const wholeDatabase = async (): Promise<string> => JSON.stringify(await world.dump());
const after = (days: number): Date => new Date(received.getTime() + days * dayMs);

interface Listed {
  readonly comments: readonly { readonly id: string; readonly seen: number }[];
}

/** Releases every comment of the month of the new answer; gives how many. */
async function releaseAll(): Promise<number> {
  const list = await world.office().get('/api/v1/comments?period=2026-10');
  const { comments } = list.json() as Listed;
  for (const { id, seen } of comments)
    await world.office().post(`/api/v1/comments/${id}/release`, { seen, text: '等候时间长' });
  return comments.length;
}

describe('what patients write in answers', () => {
  test('is foretold on the page and by the API like every other kind', async () => {
    const told = await world.office().get('/api/v1/retention');

    expect(told.json()).toMatchObject({
      kinds: expect.arrayContaining([
        expect.objectContaining({ kind: 'answer-words', days: 1095, oldest: '2026-09-10', within30: 0 }),
      ]),
    });
    expect((await world.office().get('/admin/retention')).text).toContain('患者在答卷里写的文字');
  });

  test('ends when its days are over and no sooner, with what was released of it; counts and months stay', async () => {
    const { retention } = world.service.composition.persons;
    expect(await releaseAll()).toBe(2);
    const before = await wholeDatabase();
    const figures = await world.figures();
    const stored = await world.service.stored('surveyResponses');

    // 2026-09-10, three years on: the words of September are over, those of 25 October are not.
    const early = await retention.end(after(1095));
    const between = await wholeDatabase();
    const late = await retention.end(after(1096));
    const end = await wholeDatabase();

    expect(words.filter((text) => before.includes(text))).toEqual(words);
    expect(words.filter((text) => between.includes(text))).toEqual(words.slice(0, 2));
    expect(words.filter((text) => end.includes(text))).toEqual([]);
    expect([early.counts['answer-words'], late.counts['answer-words']]).toEqual([8, 1]);
    expect(before).toContain('等候时间长');
    expect(await world.service.stored('commentDecisions')).toEqual([]);
    expect(end).not.toContain('等候时间长');
    expect(await world.figures()).toBe(figures);
    const left = await world.service.stored('surveyResponses');
    expect(left.map(withoutWords)).toEqual(stored.map(withoutWords));
    expect((await retention.end(after(1096))).counts['answer-words']).toBe(0);
  });
});

/** What must stay of an answer: everything but its words, and what only stands for them. */
function withoutWords(answer: unknown): object {
  const {
    comment: _c,
    texts: _t,
    fingerprint: _f,
    written: _w,
    praise,
    ...rest
  } = answer as Record<string, unknown>;
  return { ...rest, praised: praise === null ? null : { ...(praise as object), text: null } };
}
