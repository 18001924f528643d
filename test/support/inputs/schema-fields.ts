import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { $ZodType, $ZodTypes } from 'zod/v4/core';
import { encodeCursor } from '../../../src/contracts/page-cursor.js';

/** One text or number that a schema asks for. */
export interface Field {
  path: string[];
  kind: 'string' | 'number';
  schema: z.ZodType;
  /** The whole input, right but for this field. */
  put(value: unknown): unknown;
}

const texts = [
  'a',
  'some text',
  'letters-only',
  '1',
  '010',
  '8000',
  '1.1',
  '12:00',
  'Asia/Shanghai',
  randomUUID(),
  new Date().toISOString(),
  new Date().toISOString().slice(0, 10),
  encodeCursor({ at: new Date(), id: randomUUID() }),
];
const numbers = [1, 0, 2, 1_000, 60_000];

/** Every field of the schema, in all of its shapes. Throws on a kind of schema that it cannot look into. */
export function fieldsOf(schema: $ZodType): Field[] {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case 'string':
    case 'number':
      return [{ path: [], kind: def.type, schema: schema as z.ZodType, put: (value) => value }];
    case 'pipe':
      // What a transformation makes of a text is decided by the whole.
      return fieldsOf(def.in).map((field) => ({ ...field, schema: schema as z.ZodType }));
    case 'optional':
    case 'nullable':
    case 'default':
      return fieldsOf(def.innerType);
    case 'array':
      return fieldsOf(def.element).map((field) => within('0', field, (value) => [value]));
    case 'union':
      return def.options.flatMap((option) => fieldsOf(option));
    case 'object': {
      const whole = sampleOf(schema) as object;
      return Object.entries(def.shape).flatMap(([key, inner]) =>
        fieldsOf(inner).map((field) => within(key, field, (value) => ({ ...whole, [key]: value }))),
      );
    }
    case 'enum':
    case 'literal':
    case 'boolean':
    case 'null':
      return [];
    default:
      throw new Error(`inputs: a ${def.type} cannot be looked into`);
  }
}

/** The field as part of a larger input. */
function within(key: string, field: Field, around: (value: unknown) => unknown): Field {
  return { ...field, path: [key, ...field.path], put: (value) => around(field.put(value)) };
}

/** An input that the schema takes. */
export function sampleOf(schema: $ZodType): unknown {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case 'string':
    case 'pipe':
      return firstTaken(schema, texts);
    case 'number':
      return firstTaken(schema, numbers);
    case 'optional':
    case 'default':
      return undefined;
    case 'nullable':
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'enum':
      return Object.values(def.entries)[0];
    case 'literal':
      return def.values[0];
    case 'array':
      return [sampleOf(def.element)];
    case 'union':
      return sampleOf(def.options[0] as $ZodType);
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([key, inner]) => [key, sampleOf(inner)]));
    default:
      throw new Error(`inputs: a sample of a ${def.type} is not known`);
  }
}

function firstTaken(schema: $ZodType, values: readonly unknown[]): unknown {
  const taken = values.find((value) => (schema as z.ZodType).safeParse(value).success);
  if (taken === undefined) throw new Error('inputs: no sample fits; add one');
  return taken;
}
