import { describe, expect, test } from '@jest/globals';
import Joi from 'joi';
import request from 'supertest';
import { anApp, aRoute, problemOf } from './support.ts';

describe('the language of a problem', () => {
  const things = aRoute({
    method: 'post',
    path: '/api/v1/things',
    body: Joi.object({ a: Joi.string().required() }),
  });
  const say = async (
    headers: Record<string, string>,
    query = '',
    languages = ['zh-Hans', 'zh-Hant', 'en'] as const,
  ) => {
    const response = await request(anApp([things], { languages }))
      .post(`/api/v1/things${query}`)
      .set(headers)
      .send({});
    return [response.headers['content-language'], problemOf(response).errors[0]?.detail];
  };

  test.each([
    ['the hospital’s first when nothing is said', {}, '', 'zh-Hans', '必填，请补上。'],
    ['Traditional for Taiwan', { 'accept-language': 'zh-TW,zh;q=0.9' }, '', 'zh-Hant', '必填，請補上。'],
    ['Traditional for Hong Kong', { 'accept-language': 'zh-HK' }, '', 'zh-Hant', '必填，請補上。'],
    ['Simplified for Singapore', { 'accept-language': 'zh-SG' }, '', 'zh-Hans', '必填，请补上。'],
    ['the first that is offered', { 'accept-language': 'fr, en;q=0.3, zh;q=0.2' }, '', 'en', undefined],
    ['the hospital’s first for French', { 'accept-language': 'fr' }, '', 'zh-Hans', '必填，请补上。'],
    [
      'the cookie’s before the browser’s',
      { cookie: 'lang=zh-Hant', 'accept-language': 'en' },
      '',
      'zh-Hant',
      undefined,
    ],
    [
      'the address’s before all',
      { cookie: 'lang=zh-Hant', 'accept-language': 'zh' },
      '?lang=en',
      'en',
      undefined,
    ],
    [
      'the next best when the address asks for an unknown one',
      { cookie: 'lang=en' },
      '?lang=xx',
      'en',
      undefined,
    ],
    [
      'the next best when the address asks for two',
      { cookie: 'lang=en' },
      '?lang=zh&lang=en',
      'en',
      undefined,
    ],
    ['the hospital’s first for garbage', { 'accept-language': ';;q=,*,-,en;q=0' }, '', 'zh-Hans', undefined],
  ])('is %s', async (...[, headers, query, locale, detail]) => {
    const said = await say(headers, query);

    expect(said).toEqual([locale, detail ?? said[1]]);
  });

  test('is never one the hospital does not offer', async () => {
    const app = anApp([things], { languages: ['zh-Hant', 'en'] });

    expect((await request(app).post('/api/v1/things?lang=zh-Hans')).headers['content-language']).toBe(
      'zh-Hant',
    );
  });
});
