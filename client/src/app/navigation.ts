import type { Permission, Role } from '@contracts/identity';

export interface Place {
  path: string;
  /** Text key `nav.<key>`. */
  key: 'desk' | 'floor' | 'quality' | 'results' | 'calls' | 'settings';
  anyOf: readonly Permission[];
}

export const places: readonly Place[] = [
  { path: '/desk', key: 'desk', anyOf: ['call.handle'] },
  { path: '/floor', key: 'floor', anyOf: ['floor.watch'] },
  { path: '/quality', key: 'quality', anyOf: ['quality.read-all'] },
  { path: '/results', key: 'results', anyOf: ['quality.read-own'] },
  { path: '/calls', key: 'calls', anyOf: ['call.read-all', 'call.read-own'] },
  { path: '/settings', key: 'settings', anyOf: ['flows.read'] },
];

/** What the top bar offers to somebody with these permissions. */
export function placesFor(permissions: readonly string[]): Place[] {
  return places.filter((place) => place.anyOf.some((permission) => permissions.includes(permission)));
}

const homes: Record<Role, string> = {
  agent: '/desk',
  lead: '/floor',
  supervisor: '/floor',
  inspector: '/quality',
  trainer: '/quality',
  'sales-support': '/calls',
};

/** Where a role begins its day. */
export function homeOf(role: Role): string {
  return homes[role];
}
