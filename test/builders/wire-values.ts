import fc from 'fast-check';
import { z } from 'zod';

/** Texts that are legal on the wire and meet weak places: NUL, half a surrogate pair, names of prototypes, markup, length. */
const oddTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '__proto__',
  'constructor',
  'toString',
  '\u202e\ufeff\u2028',
  '😀'.repeat(20),
  "'; drop table people; --",
  '%00%s%n',
  '{"a":1}',
  '-1',
  'NaN',
  '1e309',
];
const text = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant('长'.repeat(20_000)),
);

const deep = fc.integer({ min: 100, max: 2_000 }).map((depth) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
});
const odd = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"admin":true}}'),
  JSON.parse('{"constructor":{"prototype":{"admin":true}}}'),
  Array(10_000).fill(0),
  Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n])),
  JSON.parse('{"toString":1,"valueOf":1,"then":1,"toJSON":1}'),
  1e308,
  -0,
);

/** Whatever JSON can say. */
const anyValue = fc.oneof(fc.jsonValue({ maxDepth: 4 }), text, deep, odd);

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Values of the schema's shape, whose texts and numbers go as far as it lets them; `ids` are things that exist. */
function shaped(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const each = (parts: readonly unknown[]) => parts.map((part) => shaped(part as JsonSchema, ids));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...each(choices));
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      const fields = Object.fromEntries(
        properties.map(([name, part]) => [name, shaped(part as JsonSchema, ids)]),
      );
      return fc.record(fields, { requiredKeys: schema.required ?? [] });
    }
    case 'array':
      return fc.array(shaped((schema.items ?? {}) as JsonSchema, ids), { maxLength: schema.maxItems ?? 5 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numbers(schema);
    case 'null':
      return fc.constant(null);
    case 'string':
      return texts(schema, ids);
    default:
      return anyValue;
  }
}

function texts(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ids) }, fc.uuid());
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  const longest = schema.maxLength ?? 100;
  return fc.oneof(text, fc.constant('x'.repeat(longest))).map((value) => value.slice(0, longest));
}

function numbers(schema: JsonSchema): fc.Arbitrary<number> {
  // zod writes the bounds of whole numbers as far as a double is exact.
  const least = Number(schema.minimum ?? schema.exclusiveMinimum ?? -1e9);
  const most = Number(schema.maximum ?? schema.exclusiveMaximum ?? 1e9);
  if (schema.type === 'integer') return fc.integer({ min: Math.ceil(least), max: Math.floor(most) });
  return fc.oneof(fc.double({ min: least, max: most, noNaN: true }), fc.constantFrom(least, most));
}

/** One field of a payload that fits is anything at all, or there is one field more. */
const spoilt = (payload: fc.Arbitrary<unknown>) =>
  fc.tuple(payload, fc.nat(), anyValue, fc.boolean()).map(([value, which, other, more]) => {
    if (typeof value !== 'object' || value === null) return other;
    const keys = Object.keys(value);
    const key = more ? 'more' : (keys[which % Math.max(1, keys.length)] ?? 'more');
    return { ...value, [key]: other };
  });

/** What a client may send under this schema's name, as it comes off the wire: fitting, nearly so, or anything. */
export function wireValuesFor(schema: z.ZodType, ids: readonly string[]): fc.Arbitrary<unknown> {
  const fitting = shaped(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), ids);
  return fc
    .oneof({ weight: 4, arbitrary: fitting }, { weight: 2, arbitrary: spoilt(fitting) }, anyValue)
    .map((value) => JSON.parse(JSON.stringify(value)));
}
