import * as fc from 'fast-check';
import type { Description, ObjectSchema } from 'joi';

/** What words of a schema's field mean, so that some requests get past the shape and into the rules. */
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  departmentCode: fc.constantFrom('surgery', 'internal-medicine', 'nowhere'),
  code: fc.constantFrom('surgery', 'new-department', 'nowhere'),
  department: fc.constantFrom('surgery', 'nowhere'),
  period: fc.constantFrom('2026-09', '2026-10', '2026-11', '1999-01', '2026-13', '2026-Q3', '2026'),
  year: fc.constantFrom('2025', '2026', '2027', 2026),
  patientGroup: fc.constantFrom('outpatient', 'inpatient', 'discharged', 'nobody'),
  group: fc.constantFrom('outpatient', 'nobody'),
  formId: fc.constantFrom('outpatient', 'inpatient', 'none'),
  formVersion: fc.constantFrom(1, 2, 99),
  submissionId: fc.uuid(),
  attemptId: fc.uuid(),
  email: fc.constantFrom('a@hospital.example', 'a@b', 'x'),
};

const day = fc.constantFrom('2026-10-31', '2026-02-29', '2026-11-01', '2031-01-01');
const anyText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom('满意', '一段话', 'yes', 'surgery', '2026-10-31'),
  day,
);

function keysOf(description: Description): readonly (readonly [string, Description])[] {
  const keys = (description['keys'] ?? {}) as Readonly<Record<string, Description>>;
  return Object.entries(keys);
}

const flagsOf = (description: Description): { readonly presence?: string; readonly only?: boolean } =>
  description.flags ?? {};

function object(description: Description): fc.Arbitrary<unknown> {
  const fields = keysOf(description).map(([name, field]) => {
    const value = byName[name] ?? valueOf(field);
    return [
      name,
      flagsOf(field).presence === 'required' ? value : fc.option(value, { nil: undefined }),
    ] as const;
  });
  return fc.record(Object.fromEntries(fields));
}

/** What stands for a type that has nothing more to say of itself. */
const byType: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  number: fc.integer({ min: -5, max: 2_000 }),
  boolean: fc.boolean(),
  object: fc.dictionary(fc.string({ maxLength: 12 }), anyText, { maxKeys: 5 }),
  alternatives: fc.oneof(anyText, fc.array(anyText, { maxLength: 3 })),
};

function valueOf(description: Description): fc.Arbitrary<unknown> {
  const allowed = ((description['allow'] ?? []) as unknown[]).filter((value) => typeof value !== 'object');
  if (allowed.length > 0) return fc.constantFrom(...allowed);
  if (description.type === 'array') {
    const items = (description['items'] ?? []) as Description[];
    return fc.array(valueOf(items[0] ?? { type: 'string' }), { maxLength: 4 });
  }
  if (keysOf(description).length > 0) return object(description);
  return byType[description.type ?? ''] ?? anyText;
}

/** Something that looks like what a schema asks for: much of it passes the shape, little of it the rules. */
export function likelyValue(schema: ObjectSchema): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return object(schema.describe()) as fc.Arbitrary<Readonly<Record<string, unknown>>>;
}

/** The value of one path parameter. */
export function likelyParam(name: string): fc.Arbitrary<string> {
  const known = byName[name];
  const text = fc.oneof(fc.uuid(), fc.constantFrom('admin', '1', '__proto__', '..%2f..', '%', '💉'));
  return known ? fc.oneof(known.map(String), text) : text;
}
