import { expect, test } from '@jest/globals';
import { answer, anyText, moment } from '../../src/http/answer.schema.ts';
import { checkAnswer } from '../support/answer-check.ts';
import { aRoute } from './support.ts';

const routes = [
  aRoute({ path: '/api/v1/calls/:id', responses: { 200: answer({ id: anyText, at: moment }) } }),
  aRoute({ path: '/api/v1/calls/:id/letter', responses: { 200: 'application/pdf' } }),
  aRoute({ method: 'delete', path: '/api/v1/calls/:id', responses: { 204: null } }),
];
const json = { status: 200, contentType: 'application/json; charset=utf-8' };
const good = { id: 'a', at: '2026-11-02T02:00:00.000Z' };

test('an answer that is as its line describes it passes, and so does a refusal', () => {
  const get = { ...json, method: 'GET', path: '/api/v1/calls/a?lang=en' };

  const fine = [
    { ...get, text: JSON.stringify({ ...good, addedLater: 1 }) },
    { ...get, status: 404, text: '{}' },
    { ...get, path: '/api/v1/calls/a/letter', contentType: 'application/pdf', text: '%PDF' },
    { ...get, method: 'DELETE', status: 204, text: '' },
  ];

  expect(() => {
    for (const sent of fine) checkAnswer(routes, sent);
  }).not.toThrow();
});

test.each([
  ['a field is missing', { text: JSON.stringify({ id: 'a' }) }],
  ['a field is of another kind', { text: JSON.stringify({ ...good, at: 5 }) }],
  ['the status is not described', { status: 201, text: JSON.stringify(good) }],
  ['a file was described', { path: '/api/v1/calls/a/letter', text: '{}' }],
  ['nothing was described', { method: 'DELETE', status: 204, text: '{}' }],
])('an answer is found out when %s', (_why, changes) => {
  const sent = { ...json, method: 'GET', path: '/api/v1/calls/a', ...changes };

  expect(() => checkAnswer(routes, sent)).toThrow(/otherwise than described/);
});
