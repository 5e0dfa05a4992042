import * as fc from 'fast-check';
import type { ObjectSchema } from 'joi';
import type { Route } from '../../src/http/route.ts';
import type { RawRequest } from './fuzz-client.ts';
import { hostileBytes, hostileFile, hostileText, hostileValue } from './hostile-values.ts';
import { likelyParam, likelyValue } from './valid-values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Half of the fields as they should be, one replaced by something hostile, or all of it hostile. */
function fieldsFor(schema: ObjectSchema): fc.Arbitrary<unknown> {
  const likely = likelyValue(schema);
  const names = Object.keys((schema.describe()['keys'] ?? {}) as object);
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...names, 'extra') },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', '$where', 'a.b', '') },
  );
  const bent = fc
    .tuple(likely, name, hostileValue)
    .map(([fields, key, value]) => Object.fromEntries([...Object.entries(fields), [key, value]]));
  return fc.oneof(
    { weight: 3, arbitrary: likely },
    { weight: 5, arbitrary: bent },
    { weight: 1, arbitrary: hostileValue },
  );
}

function formOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const given = Object.entries(value as Fields).filter(([, field]) => field !== undefined);
  const pairs = given.flatMap(([key, field]) =>
    (Array.isArray(field) ? field : [field]).map((one) => [
      key,
      typeof one === 'object' ? JSON.stringify(one) : String(one),
    ]),
  );
  return pairs.map(([key = '', one = '']) => `${safe(key)}=${safe(one ?? '')}`).join('&');
}

/** A lone surrogate has no percent-encoding: what a careless client would send instead. */
const safe = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

function bodyOf(route: Route): fc.Arbitrary<Pick<RawRequest, 'body' | 'type'>> {
  const { body: schema, path, rawBody } = route;
  if (rawBody) {
    const type = fc.constantFrom(...rawBody.types, 'text/plain', 'nonsense');
    return fc.tuple(hostileFile, type).map(([file, kind]) => ({ body: file, type: kind }));
  }
  if (!schema) return fc.constant({});
  const json = 'application/json';
  const form = 'application/x-www-form-urlencoded';
  const own = path.startsWith('/api/') ? json : form;
  const fields = fieldsFor(schema).map((value) => ({
    body: own === json ? (JSON.stringify(value) ?? '') : formOf(value),
    type: own,
  }));
  const text = fc.tuple(
    hostileText,
    fc.constantFrom(json, form, `${json}; charset=gbk`, 'text/plain', 'nonsense'),
  );
  const bytes = fc.tuple(
    hostileBytes,
    fc.constantFrom(json, form, `${json}; charset=gbk`, `${form}; charset=gb18030`),
  );
  return fc.oneof(
    { weight: 8, arbitrary: fields },
    { weight: 1, arbitrary: text.map(([body, type]) => ({ body, type })) },
    { weight: 1, arbitrary: bytes.map(([body, type]) => ({ body, type })) },
  );
}

function queryOf(route: Route): fc.Arbitrary<string> {
  const known = route.query ? fieldsFor(route.query).map(formOf) : fc.constant('');
  const wild = fc.constantFrom(
    'a[$ne]=1',
    'lang=xx',
    'lang[]=en',
    '%=%',
    '__proto__[x]=1',
    'limit=1e9',
    'cursor=%00',
  );
  return fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: wild });
}

function addressOf(pattern: string, params: readonly string[], query: string): string {
  let index = 0;
  const path = pattern
    .replaceAll(/:\w+/g, () => {
      index += 1;
      return safe(params[index - 1] ?? '');
    })
    .replaceAll(/[{}]/g, '');
  return query === '' ? path : `${path}?${query}`;
}

/** A request to one of the routes, from plausible to absurd. */
export function fuzzRequest(routes: readonly Route[]): fc.Arbitrary<RawRequest> {
  return fc.constantFrom(...routes).chain((route) => {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    return fc
      .tuple(fc.tuple(...names.map(likelyParam)), queryOf(route), bodyOf(route))
      .map(([params, query, sent]): RawRequest =>
        Object.assign(
          { method: route.method.toUpperCase(), path: addressOf(route.path, params, query) },
          sent,
        ),
      );
  });
}
