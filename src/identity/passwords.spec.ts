import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as argon2 from '@node-rs/argon2';

const verify = jest.fn(argon2.verify);
jest.unstable_mockModule('@node-rs/argon2', () => ({ ...argon2, verify }));
const { hashPassword, passwordFits } = await import('./passwords.js');

/** `$argon2id$v=19$m=…,t=…,p=…`: what the work of a check follows from. */
const costOf = (hash: unknown) => String(hash).split('$').slice(1, 4).join(' ');

describe('a password', () => {
  beforeEach(() => {
    verify.mockClear();
  });

  it('fits its own hash and no other', async () => {
    const hash = await hashPassword('right');
    expect(await passwordFits('right', hash)).toBe(true);
    expect(await passwordFits('wrong', hash)).toBe(false);
  });

  it('of an unknown login costs the same check as a known one’s, and never fits', async () => {
    const hash = await hashPassword('right');
    await passwordFits('wrong', hash);
    expect(await passwordFits('nobody signs in with this', undefined)).toBe(false);
    const [known, unknown] = verify.mock.calls.map(([checked]) => costOf(checked));
    expect(known).toBe('argon2id v=19 m=19456,t=2,p=1');
    expect(unknown).toBe(known);
  });
});
