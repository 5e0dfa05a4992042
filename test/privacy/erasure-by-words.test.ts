import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErasureRequest } from '../../src/privacy/erase-person.ts';
import { hiddenField, submission } from '../journeys/loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import { found, openErasureWorld } from './erasure-world.ts';
import type { ErasureWorld } from './erasure-world.ts';

let world: ErasureWorld;

beforeAll(async () => {
  world = await openErasureWorld();
});
afterAll(() => world.end());

const wholeDatabase = async (): Promise<string> => JSON.stringify(await world.dump());

/** Somebody answers by QR code; gives the submission id. */
async function answer(changes: object): Promise<string> {
  const submissionId = randomUUID();
  const sent = await httpClient(world.service.baseUrl).post('/api/v1/survey-responses', {
    ...submission(3),
    submissionId,
    ...changes,
  });
  if (sent.status !== 201) throw new Error(sent.text);
  return submissionId;
}

const search = async (asked: object): Promise<unknown> =>
  (await world.office().post('/api/v1/erasures/search', asked)).json();

const erase = (chosen: Partial<ErasureRequest>): ReturnType<ReturnType<ErasureWorld['office']>['post']> =>
  world
    .office()
    .post('/api/v1/erasures', { id: randomUUID(), askedBy: 'patient', reason: 'request', ...chosen });

describe('erasing by what was written', () => {
  test('an outpatient without any contact: the name and number typed by the office go from every text', async () => {
    const words = ['张三', '13800138000'];
    await answer({ comment: '我是张 三,电话 138-0013-8000,挂号排了很久' });
    await answer({ comment: '同住的张三说很好', praise: { text: '１３８００１３８０００ 谢谢' } });
    await answer({ comment: '别的话' });

    expect(await search({ words })).toEqual({ discharges: [], contacts: [], answers: [], texts: 2 });
    const erased = await erase({ words });

    expect(erased.json()).toMatchObject({
      counts: { discharges: 0, contacts: 0, namedAnswers: 0, texts: 2 },
      byWords: true,
    });
    const all = await wholeDatabase();
    expect(found(all, [...words, '张 三', '138-0013-8000', '１３８００１３８０００'])).toEqual([]);
    expect(found(all, ['我是○○○,电话 ○○○○○○○○○○○○○,挂号排了很久', '别的话']).length).toBe(2);
    expect(await search({ words })).toMatchObject({ texts: 0 });
  });

  test('somebody who left a WeChat number is found by it, however it is written', async () => {
    await answer({ comment: '请联系我', contact: { reachAt: '微信：ZhangSan_88', name: '张三' } });
    await answer({ contact: { reachAt: '13812341234' } });
    const held = (await search({ words: ['zhangsan_88'] })) as { contacts: readonly { id: string }[] };

    expect(held.contacts).toHaveLength(1);
    const erased = await erase({ contactIds: held.contacts.map(({ id }) => id), words: ['zhangsan_88'] });
    expect(erased.json()).toMatchObject({ counts: { contacts: 1, texts: 0 } });
    expect(await world.service.stored('contacts')).toHaveLength(1);
    expect(await wholeDatabase()).not.toContain('请联系我');
  });

  test('a discharged person whose identity has ended is still taken out of texts', async () => {
    const discharge = {
      admissionNo: 'ZY-1',
      departmentCode: 'internal-medicine',
      dischargedOn: '2026-09-01',
      patientName: '慕容雪',
      phone: '13900009999',
    };
    await world.office().post('/api/v1/discharges', { discharges: [discharge] });
    await answer({ comment: '慕容雪,13900009999' });
    const now = world.clock.now().getTime();
    await world.service.composition.persons.retention.end(new Date(now + 100 * 24 * 60 * 60_000));

    expect(await search({ phone: '13900009999' })).toMatchObject({ discharges: [] });
    await erase({ words: ['慕容雪', '139 0000 9999'] });
    expect(found(await wholeDatabase(), ['慕容雪', '13900009999'])).toEqual([]);
  });

  test('an answer that is named loses its words and keeps its choices, also when a restore brings the words back', async () => {
    const submissionId = await answer({ comment: '我不说是谁' });
    const [before] = await world.service.stored('surveyResponses', { _id: submissionId });

    expect(await search({ submissionId })).toMatchObject({
      answers: [{ submissionId, departmentCode: 'internal-medicine', receivedAt: expect.any(String) }],
    });
    const erased = await erase({ submissionIds: [submissionId] });
    const [after] = await world.service.stored('surveyResponses', { _id: submissionId });
    expect(erased.json()).toMatchObject({ counts: { namedAnswers: 1, texts: 0 }, byWords: false });
    expect(after).toMatchObject({ comment: null, answers: (before as { answers: object }).answers });
    expect(await search({ submissionId })).toMatchObject({ answers: [] });

    await world.withDatabase((connection) =>
      connection
        .collection('surveyResponses')
        .replaceOne({ _id: submissionId as never }, before as Record<string, unknown>),
    );
    const { erasePersons } = world.service.composition.persons;
    expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 0, erasedAgain: 1 });
    expect(await wholeDatabase()).not.toContain('我不说是谁');
    expect(await erasePersons.complete(world.clock.now())).toEqual({ completed: 0, erasedAgain: 0 });
  });

  test('one that is broken off keeps what was typed encrypted, under new keys too, until it is completed', async () => {
    const { erasePersons, sealed } = world.service.composition.persons;
    const submissionId = await answer({ comment: '我叫司马长风' });
    const id = randomUUID();
    await setTexts(submissionId, null);
    const broken = await erase({ id, words: ['司马长风'] });
    await setTexts(submissionId, []);
    const [row] = (await world.service.stored('erasures', { _id: id })) as readonly { sealedWords: string }[];
    const [records] = sealed;

    expect(broken.status).toBe(500);
    expect(JSON.stringify(await world.service.stored('erasures'))).not.toContain('司马长风');
    expect(await records?.list('', 10)).toEqual([
      { id, fields: [{ path: 'sealedWords', text: row?.sealedWords, place: `erasure/${id}/words` }] },
    ]);
    const later = new Date(world.clock.now().getTime() + 120_000);
    expect(await erasePersons.complete(later)).toEqual({ completed: 1, erasedAgain: 0 });
    expect(await wholeDatabase()).not.toContain('司马长风');
    expect(await world.service.stored('erasures', { _id: id })).toMatchObject([{ sealedWords: null }]);
  });

  test('on the page: from the comment to the receipt, and what is wrong is told in words', async () => {
    const submissionId = await answer({ comment: '请删掉这句话,我是上官飞' });
    const comment = await world.office().get(`/office/comments/${submissionId}.comment`);
    const opened = await world.office().get(`/office/erasure?submissionId=${submissionId}`);
    const typed = {
      admissionNo: '',
      patientNo: '',
      phone: '',
      name: '上官飞',
      account: '',
      submissionId: `${submissionId}.comment`,
    };
    const short = await world.office().submit('/office/erasure', { ...typed, name: '上' });
    const shown = await world.office().submit('/office/erasure', typed);
    const form = { ...typed, id: hiddenField(shown.text, 'id'), act: 'erase', askedBy: 'patient' };
    const nothing = await world.office().submit('/office/erasure/person', form);
    const chosen = { ...form, submissionIds: submissionId, blot: 'yes' };
    const faulty = await world.office().submit('/office/erasure/person', chosen);
    const done = await world
      .office()
      .submit('/office/erasure/person', { ...chosen, reason: 'request', understood: 'yes' });
    const receipt = await world.office().get(done.headers.get('location') ?? '');

    expect(comment.text).toContain(`href="/office/erasure?submissionId&#x3D;${submissionId}"`);
    expect(hiddenField(opened.text, 'submissionId')).toBe(submissionId);
    expect([short.status, nothing.status, faulty.status]).toEqual([422, 422, 422]);
    expect(short.text).toContain('姓名至少两个字');
    expect(shown.text).toContain('从 1 份答卷的文字里涂去');
    expect(nothing.text).toContain('请先勾选');
    expect(faulty.text).toMatch(/name="submissionIds" value="[\w-]+" checked/);
    expect(faulty.text).toMatch(/name="blot" value="yes" checked/);
    expect(receipt.text).toContain('按编号删去文字的答卷');
    expect(receipt.text).toContain('没有保存');
    expect(receipt.text).not.toContain('上官飞');
    expect(found(await wholeDatabase(), ['请删掉这句话', '上官飞'])).toEqual([]);
  });

  test('the audit trail tells of each by ids and counts, and never what was typed', async () => {
    const trail = await world.service.stored('auditEvents', { action: /^person\./ });

    expect(trail).toContainEqual(
      expect.objectContaining({ subject: 'persons/discharges=0,contacts=0,answers=0,texts=2' }),
    );
    const whole = JSON.stringify(await world.service.stored('auditEvents'));
    const typed = ['张三', '1380013', '139 0000', 'zhangsan', '慕容雪', '司马', '上官'];
    expect(found(whole, typed)).toEqual([]);
  });

  test('too little to mean anybody, and nothing at all, are refused at their place', async () => {
    const refused = [await erase({ words: ['张三', '8000'] }), await erase({ words: [] })];

    expect(refused.map(({ status }) => status)).toEqual([422, 422]);
    expect(refused.map((one) => (one.json() as { errors: object[] }).errors)).toMatchObject([
      [{ pointer: '/words/1', code: 'person_word_short' }],
      [{ pointer: '/dischargeIds', code: 'erasure_empty' }],
    ]);
  });
});

/** Without its list of texts an answer is damaged: an erasure breaks off where it comes to it. */
async function setTexts(submissionId: string, texts: readonly object[] | null): Promise<void> {
  await world.withDatabase((connection) =>
    connection.collection('surveyResponses').updateOne({ _id: submissionId as never }, { $set: { texts } }),
  );
}
