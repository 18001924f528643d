import { describe, expect, it } from '@jest/globals';
import { inOurWords, sdpName } from './statistics.js';

const counted = {
  rxcount: 90,
  txcount: 100,
  rxploss: 10,
  txploss: 5,
  rxjitter: 0.002,
  txjitter: 0.004,
  rtt: 0.05,
  local_normdevrxploss: 2.5,
};

describe('how audio fares', () => {
  it('is told as shares and milliseconds', () => {
    expect(inOurWords(counted)).toEqual({
      packetsIn: 90,
      packetsOut: 100,
      lossShareIn: 0.1,
      lossShareOut: 0.05,
      jitterInMs: 4,
      jitterOutMs: 2,
      roundTripMs: 50,
      lossCounts: { times: 4, everyMs: 5_000 },
    });
  });

  it('leaves out what the phone does not report', () => {
    const silent = inOurWords({ ...counted, txploss: 0, rxjitter: 0, rtt: 0 });
    expect(silent).not.toHaveProperty('roundTripMs');
    expect(silent).toMatchObject({ lossShareOut: 0, jitterOutMs: 0 });
  });

  it('does not know how often nothing was counted', () => {
    const clean = { ...counted, rxploss: 0, local_normdevrxploss: 0 };
    expect(inOurWords(clean)).not.toHaveProperty('lossCounts');
  });

  it.each([
    ['(alaw)', 'PCMA'],
    ['(ulaw|alaw)', 'PCMU'],
    ['(opus)', 'opus'],
    ['(nothing)', undefined],
    ['', undefined],
  ])('names the codec of %s as SDP does', (formats, name) => {
    expect(sdpName(formats)).toBe(name);
  });

  it('never tells a share that is none', () => {
    expect(inOurWords({ ...counted, rxcount: 0, rxploss: 0 }).lossShareIn).toBe(0);
    expect(inOurWords({ ...counted, rxploss: -3 }).lossShareIn).toBe(0);
  });
});
