import Joi from 'joi';
import type { ObjectSchema, Schema } from 'joi';
import { openToAll, route } from './route.ts';
import type { Answers, Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const jsonSchema = (schema: Schema): Json => {
  const converter = (schema as unknown as StandardJsonSchema)['~standard'].jsonSchema;
  return converter.input({ target: 'draft-2020-12' });
};

interface StandardJsonSchema {
  readonly '~standard': { readonly jsonSchema: { readonly input: (options: { target: string }) => Json } };
}

function propertiesOf(
  schema: ObjectSchema | undefined,
): readonly [name: string, schema: Json, required: boolean][] {
  if (!schema) return [];
  const { properties, required } = jsonSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, one]) => [
    name,
    one,
    required?.includes(name) ?? false,
  ]);
}

function parameters(line: Route): readonly Json[] {
  const known = new Map(propertiesOf(line.params).map(([name, schema]) => [name, schema]));
  const names = [...line.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const inPath = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: known.get(name) ?? { type: 'string' },
  }));
  const inQuery = propertiesOf(line.query).map(([name, schema, required]) => ({
    name,
    in: 'query',
    required,
    schema,
  }));
  return [...inPath, ...inQuery];
}

function requestBody({ body, rawBody }: Route): Json | null {
  if (rawBody) {
    const file = { schema: { type: 'string', format: 'binary' } };
    const description = `At most ${rawBody.maxBytes} bytes.`;
    return {
      description,
      content: Object.fromEntries(rawBody.types.map((type) => [type, file])),
      required: true,
    };
  }
  return body ? { content: { 'application/json': { schema: jsonSchema(body) } }, required: true } : null;
}

const statusWords: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Taken on.',
  204: 'Done; there is nothing to say.',
};

function answers(responses: Answers): Json {
  return Object.fromEntries(
    Object.entries(responses).map(([status, body]) => {
      const description = statusWords[status] ?? 'Done.';
      if (body === null) return [status, { description }];
      const content =
        typeof body === 'string'
          ? { [body]: { schema: { type: 'string', format: 'binary' } } }
          : { 'application/json': { schema: jsonSchema(body) } };
      return [status, { description, content }];
    }),
  );
}

/** What the published document says of API keys. */
export interface KeyDocumentation {
  /** The scopes of which each alone lets a key in where a guard has this action. */
  readonly scopesOfAction: (action: string) => readonly string[];
  readonly scopes: readonly string[];
}

/** Session or key, whichever the line takes; an empty object is nobody. */
function securityOf(line: Route, keys: KeyDocumentation): readonly Json[] {
  const [action = ''] = (line.furtherAction ?? line.guard.name).split(':');
  const scopes = keys.scopesOfAction(action).map((scope) => ({ apiKey: [scope] }));
  if (line.guard !== openToAll) return [{ session: [] }, ...scopes];
  return line.furtherAction === undefined ? [] : [{}, { session: [] }, ...scopes];
}

function operation(line: Route, keys: KeyDocumentation): Json {
  const body = requestBody(line);
  return {
    summary: line.summary,
    'x-guard': line.guard.name,
    parameters: parameters(line),
    ...(body ? { requestBody: body } : {}),
    responses: {
      default: {
        description: 'A problem (RFC 9457).',
        content: { 'application/problem+json': { schema: problemRef } },
      },
      ...(line.responses ? answers(line.responses) : { '2XX': { description: 'Done.' } }),
    },
    security: securityOf(line, keys),
  };
}

const problemRef = { $ref: '#/components/schemas/Problem' };

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId', 'errors'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable snake_case name of the problem.' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, detail: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
};

/** The OpenAPI 3.1 document of a route table: only `/api/` lines. joi stays the judge; this describes it. */
export function openApiDocument(routes: readonly Route[], version: string, keys: KeyDocumentation): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const line of routes.filter(({ path }) => path.startsWith('/api/'))) {
    const path = line.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [line.method]: operation(line, keys) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Patient satisfaction service', version, license: { name: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key of a machine client, with some of the scopes ${keys.scopes.join(', ')}. A line names the scopes of which one is enough.`,
        },
      },
    },
  };
}

const documentSchema = Joi.object({
  openapi: Joi.string().required(),
  info: Joi.object().required(),
  paths: Joi.object().required(),
}).unknown(true);

/** GET /api/v1/openapi.json over the whole route table and this line itself. */
export function createOpenApiRoutes(
  routes: readonly Route[],
  version: string,
  keys: KeyDocumentation,
): readonly Route[] {
  const self = route({
    method: 'get',
    path: '/api/v1/openapi.json',
    guard: openToAll,
    side: 'staff',
    summary: 'This document.',
    responses: { 200: documentSchema },
    handle: (_input, response) => {
      response.json(document);
    },
  });
  const document = openApiDocument([...routes, self], version, keys);
  return [self];
}
