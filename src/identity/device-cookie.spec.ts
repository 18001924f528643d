import { describe, expect, it } from '@jest/globals';
import { knownDevice, rememberDevice } from './device-cookie.js';

const secret = 'a secret of sixteen';
const signedIn = (header: string | undefined, login: string) =>
  rememberDevice(header, login, secret, false).split(';')[0];

describe('the cookie of a device', () => {
  it('makes it known for who signed in at it, and for nobody else', () => {
    const cookie = signedIn(undefined, '801');
    expect(knownDevice(cookie, '801', secret)).toMatch(/^[\w-]{22}$/);
    expect(knownDevice(cookie, '802', secret)).toBeUndefined();
    expect(knownDevice(cookie, '801', 'another secret')).toBeUndefined();
  });

  it('keeps those who share a desk, the newest of them when they are many, as one device', () => {
    const logins = Array.from({ length: 15 }, (_, n) => `8${n}`);
    const cookie = logins.reduce<string | undefined>(signedIn, undefined);
    const devices = logins.map((login) => knownDevice(cookie, login, secret));
    expect(devices.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    expect(new Set(devices.slice(3)).size).toBe(1);
    expect(signedIn(cookie, '814')).toBe(cookie);
  });

  it('tells no login, and is for signing in only', () => {
    const header = rememberDevice(undefined, 'supervisor', secret, true);
    expect(header).not.toContain('supervisor');
    expect(header).toMatch(/; Path=\/api\/session; .*HttpOnly; Secure; SameSite=Strict/);
  });

  it.each([
    '',
    'x',
    'a.b',
    `${'x'.repeat(22)}.`,
    `${'x'.repeat(22)}.${'y'.repeat(5_000)}`,
    'x'.repeat(9_000),
  ])('that is none of ours is no cookie (%#)', (value) => {
    expect(knownDevice(`sanling_device=${value}`, '801', secret)).toBeUndefined();
    expect(knownDevice(signedIn(`sanling_device=${value}`, '801'), '801', secret)).toBeDefined();
  });
});
