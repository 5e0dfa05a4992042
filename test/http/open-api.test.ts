import { describe, expect, test } from '@jest/globals';
import Joi from 'joi';
import request from 'supertest';
import { answer, anyText, count, maybe, moment, orNull } from '../../src/http/answer.schema.ts';
import { createOpenApiRoutes } from '../../src/http/open-api.routes.ts';
import type { KeyDocumentation } from '../../src/http/open-api.routes.ts';
import { anApp, aRoute, ownDepartment, staffOnly } from './support.ts';

const routes = [
  aRoute({ path: '/worklist', guard: staffOnly }),
  aRoute({
    path: '/api/v1/calls/:id',
    guard: ownDepartment,
    query: Joi.object({ state: Joi.string().valid('due', 'open').required(), page: Joi.number() }),
    params: Joi.object({ id: Joi.string().max(64) }),
  }),
  aRoute({
    method: 'post',
    path: '/api/v1/calls/:id/attempts',
    guard: staffOnly,
    body: Joi.object({ attemptId: Joi.string().guid().required(), note: Joi.string() }),
    responses: {
      201: answer({ at: moment, note: orNull(anyText), more: maybe(count) }),
      202: 'application/pdf',
    },
  }),
  aRoute({
    method: 'post',
    path: '/api/v1/answers',
    furtherAction: 'answer.enter',
    responses: { 204: null },
  }),
  aRoute({ method: 'delete', path: '/api/v1/calls/:id', guard: staffOnly, responses: { 204: null } }),
];

/** Scopes of a department's calls and of answers; `staff` is for people alone. */
const keys: KeyDocumentation = {
  scopes: ['calls:read', 'answers:write'],
  scopesOfAction: (action) =>
    ({ department: ['calls:read'], 'answer.enter': ['answers:write'] })[action] ?? [],
};

interface Operation {
  readonly summary: string;
  readonly 'x-guard': string;
  readonly security?: readonly object[];
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: object;
}
interface Document {
  readonly openapi: string;
  readonly info: object;
  readonly components: { readonly securitySchemes: object };
  readonly paths: Record<string, Record<string, Operation>>;
}

async function published(): Promise<Document> {
  const app = anApp([...routes, ...createOpenApiRoutes(routes, '1.2.3', keys)]);
  return (await request(app).get('/api/v1/openapi.json')).body as Document;
}

describe('the OpenAPI document', () => {
  test('is of version 3.1 and holds every line under /api/ and no page', async () => {
    const { openapi, info, paths } = await published();

    expect(openapi).toBe('3.1.0');
    expect(info).toMatchObject({ title: expect.any(String), version: '1.2.3' });
    expect(
      Object.entries(paths).flatMap(([path, line]) => Object.keys(line).map((method) => `${method} ${path}`)),
    ).toEqual([
      'get /api/v1/calls/{id}',
      'delete /api/v1/calls/{id}',
      'post /api/v1/calls/{id}/attempts',
      'post /api/v1/answers',
      'get /api/v1/openapi.json',
    ]);
  });

  test('names the guard of each line, and whether it takes a session, a key with which scopes, or nobody', async () => {
    const { paths } = await published();

    expect(paths['/api/v1/calls/{id}/attempts']?.['post']).toMatchObject({
      'x-guard': 'staff',
      security: [{ session: [] }],
    });
    expect(paths['/api/v1/calls/{id}']?.['get']).toMatchObject({
      'x-guard': 'department',
      security: [{ session: [] }, { apiKey: ['calls:read'] }],
    });
    expect(paths['/api/v1/openapi.json']?.['get']).toMatchObject({ 'x-guard': 'open', security: [] });
    expect(paths['/api/v1/answers']?.['post']).toMatchObject({
      'x-guard': 'open',
      security: [{}, { session: [] }, { apiKey: ['answers:write'] }],
    });
  });

  test('tells how a session and a key are sent, and every scope there is', async () => {
    const { components } = await published();

    expect(components.securitySchemes).toMatchObject({
      session: { type: 'apiKey', in: 'cookie' },
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        description: expect.stringContaining('calls:read, answers:write') as unknown,
      },
    });
  });

  test('describes the address, the query and the body as their schemas promise', async () => {
    const { paths } = await published();
    const parameters = paths['/api/v1/calls/{id}']?.['get']?.parameters;
    const body = paths['/api/v1/calls/{id}/attempts']?.['post']?.requestBody;

    expect(parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 1, maxLength: 64 } },
      {
        name: 'state',
        in: 'query',
        required: true,
        schema: expect.objectContaining({ enum: ['due', 'open'] }),
      },
      { name: 'page', in: 'query', required: false, schema: { type: 'number' } },
    ]);
    expect(body?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['attemptId'],
      additionalProperties: false,
    });
  });

  test('describes each successful answer: its fields, a file, or nothing', async () => {
    const { paths } = await published();
    const responses = (method: string, path: string): unknown => paths[path]?.[method]?.responses;

    expect(responses('post', '/api/v1/calls/{id}/attempts')).toMatchObject({
      201: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                at: { type: 'string', format: 'date-time' },
                note: { type: ['string', 'null'] },
                more: { type: 'integer' },
              },
              required: ['at', 'note'],
            },
          },
        },
      },
      202: { content: { 'application/pdf': {} } },
    });
    expect(responses('delete', '/api/v1/calls/{id}')).toMatchObject({
      204: { description: expect.any(String) },
    });
    expect(responses('delete', '/api/v1/calls/{id}')).not.toHaveProperty('204.content');
  });

  test('has for each operation a summary, answers, and exactly the parameters of its path', async () => {
    const { paths } = await published();

    for (const [path, line] of Object.entries(paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(line)) {
        expect(operation.summary).toMatch(/\.$/);
        expect(operation.responses).toHaveProperty('default');
        expect(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(
          named,
        );
      }
    }
  });
});
