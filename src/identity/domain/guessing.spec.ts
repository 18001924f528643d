import { describe, expect, it } from '@jest/globals';
import { rememberedMs, talliesOf, waitLadder } from './guessing.js';

const limits = { tries: 8, triesPerLogin: 20, triesPerAddress: 60, longestWaitMs: 900_000 };

describe('what an attempt to sign in counts for', () => {
  it('at a known device: that device alone', () => {
    expect(talliesOf('801', { known: true, device: 'd' }, limits)).toEqual([
      { key: 'device:d|801', free: 8, shuts: true },
    ]);
  });

  it('elsewhere: the login there, the login anywhere, and the address, which alone shuts nobody out', () => {
    const tallies = talliesOf('801', { known: false, address: 'a' }, limits);
    expect(tallies.map(({ key, free }) => [key, free])).toEqual([
      ['pair:a|801', 8],
      ['login:801', 20],
      ['address:a', 60],
    ]);
    expect(tallies.filter(({ shuts }) => !shuts).map(({ key }) => key)).toEqual(['address:a']);
  });
});

describe('the waits', () => {
  it('double from four seconds up to the longest', () => {
    expect(waitLadder(limits)).toEqual([
      4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 900_000,
    ]);
    expect(waitLadder({ ...limits, longestWaitMs: 1_000 })).toEqual([1_000]);
  });

  it('are over before the failures are forgotten', () => {
    expect(rememberedMs(limits)).toBe(900_000);
    expect(rememberedMs({ ...limits, longestWaitMs: 3_600_000 })).toBe(3_600_000);
  });
});
