import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../contracts/identity.js';
import { permissions } from '../../contracts/identity.js';
import { may, type Standing } from '../../kernel/actor.js';
import { standingOf } from './standing.js';

const person = (role: Role, active = true) => ({
  personId: 'p',
  role,
  login: '801',
  name: '陈静怡',
  agentNumber: '801',
  active,
});
const allowed = (standing: Standing | null) =>
  standing &&
  (Object.keys(permissions) as (keyof typeof permissions)[]).filter((name) => may(standing, name));

describe('what holds of a person', () => {
  it('is their role, in a call or not', () => {
    expect(standingOf(person('agent'), true)).toEqual(standingOf(person('agent'), false));
    expect(allowed(standingOf(person('agent'), true))).toContain('call.dial');
  });

  it('is nothing when they are dismissed', () => {
    expect(standingOf(person('agent', false), false)).toBeNull();
  });

  it('is the rest of their call, and nothing else, when they are dismissed in the middle of it', () => {
    const standing = standingOf(person('agent', false), true);
    expect(allowed(standing)).toEqual(['call.handle', 'presence.own', 'policy.read']);
    const lead = standingOf(person('lead', false), true);
    expect(allowed(lead)).toEqual(allowed(standing));
  });

  it('is the new role and the rest of their call when the role changes in the middle of it', () => {
    const standing = standingOf(person('inspector'), true);
    const without = standingOf(person('inspector'), false);
    expect(allowed(standing)).toEqual(
      expect.arrayContaining([...(allowed(without) ?? []), 'call.handle', 'presence.own']),
    );
    expect(allowed(standing)).not.toContain('call.dial');
    expect(allowed(without)).not.toContain('call.handle');
  });
});
