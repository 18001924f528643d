import { expect, it } from '@jest/globals';
import { controllerInputs } from '../../../test/support/inputs/controller-inputs.js';
import { type Field, fieldsOf } from '../../../test/support/inputs/schema-fields.js';
import { commandSchemas } from '../../contracts/socket.js';

const unstorable = ['a\0b', 'a\ud800', '\udc00b'];
const endless = 'a'.repeat(20_000);

/** Why the field may not come in as it is. */
function openings({ kind, schema }: Field): string[] {
  const takes = (value: unknown) => schema.safeParse(value).success;
  if (kind === 'number') return takes(Number.MAX_SAFE_INTEGER) ? ['any number'] : [];
  return [
    ...(unstorable.some(takes) ? ['what no store takes'] : []),
    ...(takes(endless) ? ['any length'] : []),
    ...(takes('0000-01-01T00:00:00Z') && takes(new Date().toISOString()) && !takes('some text')
      ? ['any year']
      : []),
  ];
}

it('every field that comes from outside is of a safe kind', async () => {
  const requests = await controllerInputs();
  expect(requests.length).toBeGreaterThan(30);
  const unparsed = requests
    .filter(({ parsing }) => !parsing)
    .map(({ route, name }) => `${route} ${name ?? ''}`);
  const schemas = [
    ...requests.flatMap(({ route, parsing }) => (parsing ? [[route, parsing.schema] as const] : [])),
    ...Object.entries(commandSchemas),
  ];
  const open = schemas.flatMap(([where, schema]) =>
    fieldsOf(schema).flatMap((field) =>
      openings(field).map((what) => `${where} ${field.path.join('.')}: ${what}`),
    ),
  );
  expect({ unparsed, open: [...new Set(open)] }).toEqual({ unparsed: [], open: [] });
});
