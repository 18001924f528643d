import { permissions, type Role, roles } from '@contracts/identity';
import { expect, it } from '@jest/globals';
import { homeOf, placesFor } from './navigation';

const permissionsOf = (role: Role) =>
  Object.entries(permissions).flatMap(([name, allowed]) =>
    (allowed as readonly Role[]).includes(role) ? [name] : [],
  );
const keysOf = (role: Role) => placesFor(permissionsOf(role)).map(({ key }) => key);

it('offers each role its own places', () => {
  expect(keysOf('agent')).toEqual(['desk', 'results', 'calls']);
  expect(keysOf('lead')).toEqual(['desk', 'floor', 'quality', 'calls', 'settings']);
  expect(keysOf('inspector')).toEqual(['quality', 'calls']);
});

it('begins where the role may go', () => {
  for (const role of roles.filter((each) => each !== 'sales-support'))
    expect(placesFor(permissionsOf(role)).map(({ path }) => path)).toContain(homeOf(role));
});
