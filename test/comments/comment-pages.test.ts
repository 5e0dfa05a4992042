import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { testCsrfToken } from '../support/test-app.ts';
import { openCommentsWorld } from './comments-world.ts';
import type { CommentsWorld } from './comments-world.ts';

let world: CommentsWorld;
beforeAll(async () => {
  world = await openCommentsWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.surveys.database.drop());

const open = (id: string, query = '') =>
  request(world.as('office')).get(`/office/comments/${id}?lang=zh-Hans${query}`);
const send = (id: string, fields: object, person?: string) =>
  request(world.as('office', person))
    .post(`/office/comments/${id}?lang=zh-Hans`)
    .type('form')
    .send({ _csrf: testCsrfToken, seen: '0', text: '', ...fields });

describe('the office’s page', () => {
  test('shows the words with each thing found marked by its kind, beside the proposal to edit', async () => {
    const id = `${await world.answer({ comment: '我叫张三,住12床' })}.comment`;
    const page = await open(id);

    expect(page.text).toContain('<mark>张三<span class="comment-kind">姓名</span></mark>');
    expect(page.text).toContain('<mark>12床<span class="comment-kind">床号</span></mark>');
    expect(page.text).toContain('我叫【姓名】,住【床号】</textarea>');
  });

  test('keeps the names of staff when the office says that it is praise', async () => {
    const id = `${await world.answer({ comment: '李强医生真好' })}.comment`;

    expect((await open(id)).text).toContain('【职工】医生真好</textarea>');
    expect((await open(id, '&names=keep')).text).toContain('>李强医生真好</textarea>');
  });

  test('a fault keeps what was typed and says what is wrong', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    const page = await send(id, { decision: 'release', text: '我改的话,电话13812345678' });
    const without = await send(id, { decision: 'withhold', text: '我改的话' });

    expect(page.status).toBe(422);
    expect(page.text).toContain('我改的话,电话13812345678</textarea>');
    expect(page.text).toContain('还有不能给科室看的内容：电话');
    expect(without.text).toContain('请选择不给科室看的理由');
    expect(without.text).toContain('我改的话</textarea>');
  });

  test('whoever comes second sees the first decision and still has what was typed', async () => {
    const id = `${await world.answer({ comment: '等得太久' })}.comment`;
    expect((await send(id, { decision: 'release', text: '第一个人写的' }, 'first')).status).toBe(303);
    const page = await send(id, { decision: 'release', text: '第二个人写的' }, 'second');

    expect(page.status).toBe(409);
    expect(page.text).toContain('刚才有人已经处理了');
    expect(page.text).toContain('第一个人写的');
    expect(page.text).toContain('第二个人写的</textarea>');
    expect(page.text).toContain('name="seen" value="1"');
  });

  test('the list says nothing that the rules have found', async () => {
    await world.answer({ comment: '我叫张三,电话13812345678' });
    const page = await request(world.as('office')).get('/office/comments?lang=zh-Hans');

    expect(page.text).toContain('我叫【姓名】,电话【电话】');
    expect(page.text).not.toMatch(/张三|13812345678/);
  });
});
